package dev.clade.zoo.digits;

import dev.clade.settings.Fields;
import dev.clade.settings.Setting;

/// What becomes of the learning rate over a member's own steps. The hyperparameter `lr` is the base rate.
sealed interface Schedule {

    /// The rate of an update.
    ///
    /// @param done updates before it, of the same member
    double rate(double base, long done);

    /// As it is.
    record Constant() implements Schedule {
        @Override
        public double rate(double base, long done) {
            return base;
        }
    }

    /// Half a cosine from the base rate to 0 (Loshchilov, Hutter 2017, arXiv 1608.03983, without restarts).
    ///
    /// @param steps after which it is 0 and stays so
    record Cosine(long steps) implements Schedule {
        @Override
        public double rate(double base, long done) {
            return done >= steps ? 0 : base * (1 + Math.cos(Math.PI * done / steps)) / 2;
        }
    }

    /// `constant`, or `{cosine: steps}`.
    static Schedule read(Setting setting) {
        if (setting instanceof Setting.Scalar) {
            if (!setting.asText().equals("constant")) {
                throw setting.wrong(setting.asText(), "constant or {cosine: steps}");
            }
            return new Constant();
        }
        var fields = Fields.of(setting, "schedule");
        var steps = fields.need("cosine").asCount(1);
        fields.end();
        return new Cosine(steps);
    }
}
