/// What Population Based Training is compared with: its rivals, which start configurations, and its successors, which
/// are PBT with parts of their own. Each reads itself from an experiment file and is found by its word.
@NullMarked
package dev.clade.tuners;

import org.jspecify.annotations.NullMarked;
