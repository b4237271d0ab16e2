package dev.clade.zoo.digits;

import dev.clade.random.Randomness;
import dev.clade.zoo.tensor.Parameters;

/// A network with parameters of its own.
record Model(Network network, Parameters parameters) {

    static Model build(Network network) {
        return new Model(network, network.layout().build());
    }

    void draw(Randomness random) {
        network.draw(parameters, random);
    }
}
