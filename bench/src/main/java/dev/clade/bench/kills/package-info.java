/// Kills experiments again and again, and looks whether anything is lost.
@NullMarked
package dev.clade.bench.kills;

import org.jspecify.annotations.NullMarked;
