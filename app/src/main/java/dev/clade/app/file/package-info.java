/// Experiment files: YAML read into a tree of settings that keeps lines and columns.
@NullMarked
package dev.clade.app.file;

import org.jspecify.annotations.NullMarked;
