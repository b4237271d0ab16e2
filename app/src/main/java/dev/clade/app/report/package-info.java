/// The page of an experiment: one HTML file that holds all its data and fetches nothing.
@NullMarked
package dev.clade.app.report;

import org.jspecify.annotations.NullMarked;
