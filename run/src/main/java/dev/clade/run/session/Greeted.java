package dev.clade.run.session;

import dev.clade.trainer.Trainer;
import java.util.Optional;

/// A trainer whose program introduces itself.
public interface Greeted extends Trainer {

    /// How it did, the last time that it was started; nothing before the first `begin`.
    Optional<Greeting> greeting();
}
