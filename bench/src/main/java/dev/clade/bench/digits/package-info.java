/// The digits against random search: `bench/run digits`. [dev.clade.bench.digits.Digits] is the program; `Arm`, who
/// is compared; `Outcome`, what one experiment came to; `Mean`, the statistics; `Table`, what is printed.
@NullMarked
package dev.clade.bench.digits;

import org.jspecify.annotations.NullMarked;
