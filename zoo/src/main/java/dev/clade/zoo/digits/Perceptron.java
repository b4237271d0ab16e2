package dev.clade.zoo.digits;

import dev.clade.zoo.tensor.Parameters;
import dev.clade.zoo.tensor.Tensor;
import dev.clade.zoo.tensor.Weights;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Three hidden layers of 64, each with relu and dropout, and a linear one of 10: 13,130 parameters.
record Perceptron() implements Network {

    private static final int WIDTH = 64;

    @Override
    public Parameters.Layout layout() {
        var layout = new Parameters.Layout();
        inputs().forEach((name, inputs) -> {
            var layer = name.substring(0, name.indexOf('.'));
            int outputs = layer.equals(layer(HIDDEN)) ? Images.CLASSES : WIDTH;
            layout.linear(name, outputs, inputs).with(layer + ".bias", outputs);
        });
        return layout;
    }

    private static String layer(int number) {
        return "fc" + (number + 1);
    }

    @Override
    public SequencedMap<String, Integer> inputs() {
        var inputs = new LinkedHashMap<String, Integer>();
        for (int layer = 0; layer <= HIDDEN; layer++) {
            inputs.put(layer(layer) + ".weight", layer == 0 ? Images.PIXELS : WIDTH);
        }
        return inputs;
    }

    @Override
    public int convolutions() {
        return 0;
    }

    @Override
    public Tensor logits(Weights weights, Tensor images, Dropout dropout) {
        var hidden = images.reshape(-1, Images.PIXELS);
        for (int layer = 0; layer < HIDDEN; layer++) {
            var name = layer(layer);
            hidden = dropout.of(
                    layer,
                    hidden.linear(weights.get(name + ".weight"), weights.get(name + ".bias"))
                            .relu());
        }
        return hidden.linear(weights.get(layer(HIDDEN) + ".weight"), weights.get(layer(HIDDEN) + ".bias"));
    }

    @Override
    public float[][] rows(Images images) {
        return images.rows();
    }

    @Override
    public Tensor logitsEach(Weights weights, Tensor rows, Masks masks) {
        var hidden = rows;
        for (int layer = 0; layer < HIDDEN; layer++) {
            var output = each(layer, weights, hidden).relu();
            hidden = masks.of(layer, WIDTH).map(output::times).orElse(output);
        }
        return each(HIDDEN, weights, hidden);
    }

    private static Tensor each(int layer, Weights weights, Tensor hidden) {
        return hidden.linearEach(weights.get(layer(layer) + ".weight"), weights.get(layer(layer) + ".bias"));
    }
}
