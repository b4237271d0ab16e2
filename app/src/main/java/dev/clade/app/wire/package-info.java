/// Where the words of an experiment file meet what they name.
@NullMarked
package dev.clade.app.wire;

import org.jspecify.annotations.NullMarked;
