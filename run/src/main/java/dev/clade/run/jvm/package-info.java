/// The door for those who train in Java: trainers of their own, named in an experiment file or handed over in code.
@NullMarked
package dev.clade.run.jvm;

import org.jspecify.annotations.NullMarked;
