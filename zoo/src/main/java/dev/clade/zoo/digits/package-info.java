/// Digits: a small convolutional network on the UCI optical digits. What it is and how it is used: `README.md` in
/// this folder.
///
/// [dev.clade.zoo.digits.Digits] is the door. Then: `DigitsModel`, what a member does, and `DigitsModels`, what
/// several do at once; `Network`, what they learn with;
/// `Values`, its hyperparameters; `Settings`, what an experiment file may say; `Data` and `Images`, what it is
/// trained on.
@NullMarked
package dev.clade.zoo.digits;

import org.jspecify.annotations.NullMarked;
