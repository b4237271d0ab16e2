package dev.clade.tuners.iterated;

import dev.clade.settings.Fields;

/// The settings of `tuner: {ipbt: {...}}`. The defaults are those of the authors' program.
///
/// @param longer what a restart multiplies the interval by, above 1 (`t_step_mul`)
/// @param larger how many times the population starts an iteration, at least 1 (`n_init_mul`)
/// @param keep of the old weights at a restart (`shrink_perturb: {keep: 0.2, fresh: 0.1}`)
/// @param fresh of new weights
/// @param freshWeights the chance that a start takes new weights alone (`random_weights`)
/// @param freshValues the chance that a start draws its hyperparameters from the priors (`random_values`)
/// @param patience outer steps in a row without an improvement that are stagnation
record Settings(
        double longer,
        double larger,
        double keep,
        double fresh,
        double freshWeights,
        double freshValues,
        int patience) {

    static final Settings DEFAULT = new Settings(2, 2, 0.2, 0.1, 0.5, 0.5, 3);

    private static final double MOST = 100;

    static Settings read(Fields fields) {
        var blend = fields.find("shrink_perturb").map(s -> Fields.of(s, "shrink_perturb"));
        var settings = new Settings(
                real(fields, "t_step_mul", 1 + 1e-9, DEFAULT.longer),
                real(fields, "n_init_mul", 1, DEFAULT.larger),
                blend.map(b -> b.need("keep").asReal(0, 1)).orElse(DEFAULT.keep),
                blend.map(b -> b.need("fresh").asReal(0, 1)).orElse(DEFAULT.fresh),
                share(fields, "random_weights", DEFAULT.freshWeights),
                share(fields, "random_values", DEFAULT.freshValues),
                fields.find("patience").map(p -> p.asCount(1)).orElse(DEFAULT.patience));
        blend.ifPresent(Fields::end);
        fields.end();
        return settings;
    }

    private static double real(Fields fields, String name, double least, double otherwise) {
        return fields.find(name).map(s -> s.asReal(least, MOST)).orElse(otherwise);
    }

    private static double share(Fields fields, String name, double otherwise) {
        return fields.find(name).map(s -> s.asReal(0, 1)).orElse(otherwise);
    }
}
