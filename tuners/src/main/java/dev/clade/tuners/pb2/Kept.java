package dev.clade.tuners.pb2;

import dev.clade.pbt.Explore.Moved;
import dev.clade.population.MemberId;
import dev.clade.population.Population;
import dev.clade.random.Randomness;
import dev.clade.space.Hyperparameters;
import dev.clade.tuners.gp.Encoding;

/// They stay as they are inherited, and the model does not see them (PB2).
record Kept() implements Categories {

    @Override
    public Moved chosen(Hyperparameters values, MemberId who, Population seen, Randomness random) {
        return Moved.to(values);
    }

    @Override
    public Covariance covariance(Encoding encoding) {
        return Covariance.ofNumbers(encoding);
    }
}
