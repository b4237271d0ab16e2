/// `trainer: {command: "python train.py --lr ${lr} ..."}`: an unmodified script as a trainer, one process a segment.
///
/// Reading order: [dev.clade.run.command.CommandTrainers], which reads the settings; `Template`, the words of a
/// command;
/// `CommandTrainer`, which runs it.
@NullMarked
package dev.clade.run.command;

import org.jspecify.annotations.NullMarked;
