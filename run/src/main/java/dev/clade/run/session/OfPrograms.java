package dev.clade.run.session;

import dev.clade.trainer.Place;
import dev.clade.trainer.Trainer;
import java.util.SortedSet;

/// Trainers that are processes of their own.
public interface OfPrograms extends Trainer.Factory {

    /// The names of the variables that a slot's program gets.
    SortedSet<String> variables(Place place);
}
