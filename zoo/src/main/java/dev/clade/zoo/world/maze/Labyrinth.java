package dev.clade.zoo.world.maze;

import dev.clade.zoo.world.Frame;
import dev.clade.zoo.world.Player;
import dev.clade.zoo.world.World;
import java.util.random.RandomGenerator;

/// A level that is played.
final class Labyrinth implements World {

    private final Options options;
    private final Look look;
    private final Rules rules;
    private final Scene scene;
    private final Eye eye;
    private int steps;
    private boolean ended = true;

    Labyrinth(Plan plan, Rules rules, Look look, Options options) {
        this.options = options;
        this.look = look;
        this.rules = rules;
        scene = new Scene(plan);
        eye = new Eye(options.size(), look);
    }

    Scene scene() {
        return scene;
    }

    @Override
    public Shape shape() {
        return new Shape(3, options.size(), options.size());
    }

    @Override
    public int actions() {
        return Move.count();
    }

    @Override
    public void reset(RandomGenerator random) {
        scene.draw(random);
        rules.begin(scene);
        steps = 0;
        ended = false;
    }

    @Override
    public double step(int action) {
        var move = Move.of(action);
        double reward = 0;
        for (int frame = 0; frame < options.repeat() && !ended; frame++) {
            reward += pass(move);
        }
        ended |= ++steps >= options.steps();
        return reward;
    }

    /// A frame passes: first the body moves, then it falls or touches something.
    private double pass(Move move) {
        scene.plan().pass();
        scene.body().move(scene.plan(), move);
        if (scene.plan().kind(scene.cell()) == Plan.PIT) {
            ended = true;
            return Rules.FALL;
        }
        int thing = scene.touched();
        return thing < 0 ? 0 : rules.touch(scene, thing);
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public void observe(float[] into, int at) {
        eye.see(scene.plan(), scene.things(), scene.body(), into, at);
    }

    @Override
    public Player scripted() {
        return new Walker(scene, rules, options.repeat());
    }

    /// What is seen, finer than the agent sees it, and beside it a map with the agent as an arrow and what it sees lit.
    @Override
    public Frame frame(int scale) {
        return Picture.of(scene, look, scale);
    }
}
