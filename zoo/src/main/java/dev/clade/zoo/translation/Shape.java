package dev.clade.zoo.translation;

import dev.clade.settings.Fields;

/// How large the network is.
///
/// @param width of a symbol's vector
/// @param heads of an attention; a divisor of `width`
/// @param layers of the encoder, and again of the decoder
/// @param hidden width within a feed-forward layer
record Shape(int width, int heads, int layers, int hidden) {

    static final int WIDTH = 64;
    static final int HEADS = 4;
    static final int LAYERS = 2;

    /// Times the width. Vaswani et al. 2017 have 4.
    static final int HIDDEN = 2;

    Shape {
        if (width % heads != 0) {
            throw new IllegalArgumentException(width + " is no multiple of " + heads);
        }
    }

    static Shape read(Fields fields) {
        int width = fields.find("width")
                .map(setting -> {
                    int found = setting.asCount(2);
                    if (found % 2 != 0) {
                        throw setting.wrong(setting.asText(), "an even number");
                    }
                    return found;
                })
                .orElse(WIDTH);
        int heads = fields.find("heads")
                .map(setting -> {
                    int found = setting.asCount(1);
                    if (width % found != 0) {
                        throw setting.wrong(setting.asText(), "a divisor of the width, " + width);
                    }
                    return found;
                })
                .orElse(width % HEADS == 0 ? HEADS : 1);
        return new Shape(
                width,
                heads,
                Settings.count(fields, "layers", LAYERS),
                Settings.count(fields, "hidden", HIDDEN * width));
    }
}
