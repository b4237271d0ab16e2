/// What a model must be able to do to become a member: begin, train, evaluate, save. [dev.clade.trainer.Trainer] is
/// the door; [dev.clade.trainer.Lanes] is the same for several members at once.
@NullMarked
package dev.clade.trainer;

import org.jspecify.annotations.NullMarked;
