package dev.clade.tuners.pb2;

import dev.clade.pbt.Explore.Moved;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.tuners.gp.Encoding;

/// What is done with hyperparameters that are names: choices without an order.
sealed interface Categories permits Kept, Bandits {

    /// Values whose names are chosen, before the numbers are.
    Moved chosen(Hyperparameters values, MemberId who, Population seen, Randomness random);

    /// The covariance that the numbers are chosen by.
    Covariance covariance(Encoding encoding);
}
