/// Translation: a small Transformer on parallel text. What it is and how it is used: `README.md` in this
/// folder.
///
/// [dev.clade.zoo.translation.Translation] is the door. Then: `TranslationModel`, what a member does;
/// `Network`, what it learns with; `Greedy` and `Beam`, how it writes; `Bleu`, how that is measured;
/// `Values`, its hyperparameters; `Settings`, what an experiment file may say; `Data`, `Vocabulary` and
/// `BytePairs`, what it reads.
@NullMarked
package dev.clade.zoo.translation;

import org.jspecify.annotations.NullMarked;
