/// A neutral tree of settings that remembers where each part was written. Files and stores are read into it, and
/// every part of an experiment (space, tuner, trainer, store) reads itself from it: errors keep their place, and a
/// log can hold words it does not know.
@NullMarked
package dev.clade.settings;

import org.jspecify.annotations.NullMarked;
