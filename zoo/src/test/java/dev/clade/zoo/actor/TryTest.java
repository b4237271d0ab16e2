package dev.clade.zoo.actor;

import dev.clade.space.*;
import dev.clade.trainer.*;
import dev.clade.zoo.member.Solo;
import dev.clade.zoo.world.arcade.Arcade;
import java.util.*;
import org.junit.jupiter.api.Test;

class TryTest {
    @Test
    void run() throws Exception {
        var words = System.getenv("TRY").split(" ");
        var game = Arcade.find(words[0]).orElseThrow();
        int seconds = Integer.parseInt(words[1]);
        long seed = Long.parseLong(words[2]);
        int envs = Integer.parseInt(words[3]);
        int unroll = Integer.parseInt(words[4]);
        var values = new TreeMap<String, Value>();
        for (int i = 5; i + 1 < words.length; i += 2)
            values.put(words[i], new Value.Real(Double.parseDouble(words[i + 1])));
        var settings = new Settings(
                game,
                0,
                envs,
                unroll,
                0.5,
                0.99,
                Double.parseDouble(System.getenv().getOrDefault("EPS", "1e-3")),
                OptionalInt.of(1));
        try (var t = new Solo<>(new ActorModel(settings), 1)) {
            t.begin(new Start(new Origin.Fresh(), seed, new Hyperparameters(values), new TreeSet<>()));
            long began = System.nanoTime();
            long steps = 0;
            double training = 0;
            var s = new StringBuilder();
            while ((System.nanoTime() - began) / 1e9 < seconds) {
                long a = System.nanoTime();
                t.train(new Steps(1000));
                steps += 1000;
                training += (System.nanoTime() - a) / 1e9;
                a = System.nanoTime();
                var e = t.evaluate(1);
                double et = (System.nanoTime() - a) / 1e9;
                s.append(String.format(
                        "%d steps %.0f frames, train %.1fs (%.2f ms/step, %.0f frames/s), eval %.3fs: %.2f (%.2f)%n",
                        steps,
                        (double) steps * envs * unroll,
                        training,
                        training * 1e3 / steps,
                        steps * envs * unroll / training,
                        et,
                        ((Reading.Finite) e.metrics().get("return")).mean(),
                        ((Reading.Finite) e.metrics().get("normalised")).mean()));
            }
            System.out.println(s);
            var e = t.report(3);
            System.out.println("report " + ((Reading.Finite) e.metrics().get("test_return")).mean());
        }
    }
}
