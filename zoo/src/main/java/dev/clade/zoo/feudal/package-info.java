/// FeUdal Networks (FuN): a manager that sets goals and a worker that acts. What it is and how it is used:
/// `README.md` in this folder.
@NullMarked
package dev.clade.zoo.feudal;

import org.jspecify.annotations.NullMarked;
