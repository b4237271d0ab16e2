package dev.clade.zoo.tensor;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// An array of float32 (or of int64, for classes and indices) in native memory, with operations that record their
/// gradients. It is valid until the [Scope] it was made in closes.
///
/// Shapes are written as tuples: `(N, C, H, W)` is examples, channels, rows, columns. A name that ends in `Here`
/// changes the tensor itself and gives it back; it is for scopes that record nothing.
///
/// Operations mean what they mean in PyTorch 2.10 (<https://docs.pytorch.org/docs/2.10/torch.html>) and throw a
/// [RuntimeException] with libtorch's message when shapes do not fit.
public final class Tensor {

    private static final long NO_CLASS = -100;
    private static final long EACH = 0;
    private static final long MEAN = 1;

    final org.bytedeco.pytorch.Tensor handle;

    private Tensor(org.bytedeco.pytorch.Tensor handle) {
        Scope.need();
        this.handle = handle;
    }

    static Tensor of(org.bytedeco.pytorch.Tensor handle) {
        return new Tensor(handle);
    }

    // --- made and read

    public static Tensor zeros(long... shape) {
        return new Tensor(torch.zeros(shape, onDevice(ScalarType.Float)));
    }

    /// A copy of numbers, in row-major order.
    public static Tensor of(float[] values, long... shape) {
        return filled(buffer -> buffer.put(values), shape);
    }

    /// Numbers that somebody writes into the tensor's own memory, in row-major order: all of them, or what was not
    /// written is anything.
    static Tensor filled(Consumer<FloatBuffer> writer, long... shape) {
        var tensor = new Tensor(torch.empty(shape));
        writer.accept(tensor.buffer());
        return tensor.there();
    }

    private static TensorOptions onDevice(ScalarType type) {
        var options = new TensorOptions(type);
        var device = Scope.device();
        return device.isHost() ? options : options.device(new DeviceOptional(device.handle()));
    }

    /// Made on the processor, and now on the scope's device.
    private Tensor there() {
        var device = Scope.device();
        return device.isHost() ? this : new Tensor(handle.to(device.handle(), handle.scalar_type()));
    }

    /// The same elements in the processor's memory, in row-major order: itself, or a copy.
    Tensor here() {
        return new Tensor(handle.cpu().contiguous());
    }

    /// A copy of whole numbers, in a row `(n)`.
    public static Tensor of(long... values) {
        var tensor = torch.empty(new long[] {values.length}, new TensorOptions(ScalarType.Long), null);
        tensor.data_ptr_long().put(values);
        return new Tensor(tensor).there();
    }

    public List<Long> shape() {
        var sizes = handle.sizes();
        return LongStream.range(0, sizes.size()).mapToObj(sizes::get).toList();
    }

    /// The number of elements.
    public long size() {
        return handle.numel();
    }

    /// The only element.
    public double item() {
        return handle.item_double();
    }

    /// A copy of all elements of a float tensor, in row-major order.
    public float[] floats() {
        var values = new float[Math.toIntExact(size())];
        here().buffer().get(values);
        return values;
    }

    /// A copy of all elements of an int64 tensor.
    public long[] longs() {
        var values = new long[Math.toIntExact(size())];
        here().handle.data_ptr_long().get(values);
        return values;
    }

    /// The elements themselves, of a contiguous float tensor in the processor's memory: a view, valid as long as it is.
    FloatBuffer buffer() {
        return handle.data_ptr_float().capacity(size()).asBuffer();
    }

    /// Itself, to live beyond the scope that is open: until its handle is released.
    Tensor retained() {
        handle.retainReference();
        return this;
    }

    // --- arithmetic, with broadcasting

    public Tensor plus(Tensor other) {
        return new Tensor(handle.add(other.handle));
    }

    public Tensor plus(double number) {
        return new Tensor(handle.add(new Scalar(number)));
    }

    public Tensor minus(Tensor other) {
        return new Tensor(handle.sub(other.handle));
    }

    public Tensor times(Tensor other) {
        return new Tensor(handle.mul(other.handle));
    }

    public Tensor times(double number) {
        return new Tensor(handle.mul(new Scalar(number)));
    }

    public Tensor over(Tensor other) {
        return new Tensor(handle.div(other.handle));
    }

    public Tensor exp() {
        return new Tensor(handle.exp());
    }

    public Tensor log() {
        return new Tensor(handle.log());
    }

    public Tensor sqrt() {
        return new Tensor(handle.sqrt());
    }

    public Tensor square() {
        return new Tensor(handle.square());
    }

    /// Every element into `[low, high]`.
    public Tensor clamped(double low, double high) {
        return new Tensor(handle.clamp(new ScalarOptional(new Scalar(low)), new ScalarOptional(new Scalar(high))));
    }

    /// Matrices multiplied, `(..., n, k)` by `(..., k, m)`.
    public Tensor matmul(Tensor other) {
        return new Tensor(handle.matmul(other.handle));
    }

    /// This, as broadcast, plus `factor` times products of matrices, `K` of them: `(K, n, m)` of
    /// `(K, n, k)` by `(K, k, m)`.
    public Tensor plusProducts(Tensor first, Tensor second, double factor) {
        return new Tensor(torch.baddbmm(handle, first.handle, second.handle, new Scalar(1.0), new Scalar(factor)));
    }

    // --- sums and shapes

    public Tensor sum() {
        return new Tensor(handle.sum());
    }

    public Tensor mean() {
        return new Tensor(handle.mean());
    }

    /// The sum over one dimension, which goes away.
    public Tensor sum(long dimension) {
        return new Tensor(handle.sum(new long[] {dimension}, false, new ScalarTypeOptional()));
    }

    /// The mean over one dimension, which goes away.
    public Tensor mean(long dimension) {
        return new Tensor(handle.mean(new long[] {dimension}, false, new ScalarTypeOptional()));
    }

    /// The Euclidean norm of all elements.
    public Tensor norm() {
        return new Tensor(handle.norm());
    }

    /// Where the largest element lies along a dimension, which goes away: int64.
    public Tensor argmax(long dimension) {
        return new Tensor(handle.argmax(new LongOptional(dimension), false));
    }

    /// The largest elements of each row of the last dimension, in falling order, and where they lie.
    public Largest largest(long count) {
        var found = handle.topk(count);
        return new Largest(new Tensor(found.get0()), new Tensor(found.get1()));
    }

    /// @param values in falling order
    /// @param places in the last dimension, int64
    public record Largest(Tensor values, Tensor places) {}

    /// The same elements in another shape; one dimension may be -1, for what is left.
    public Tensor reshape(long... shape) {
        return new Tensor(handle.reshape(shape));
    }

    /// The dimensions in another order: a view.
    public Tensor permuted(long... order) {
        return new Tensor(handle.permute(order));
    }

    public Tensor transpose(long first, long second) {
        return new Tensor(handle.transpose(first, second));
    }

    /// Elements `[from, from + count)` along a dimension: a view.
    public Tensor narrow(long dimension, long from, long count) {
        return new Tensor(handle.narrow(dimension, from, count));
    }

    /// One slice along a dimension, which goes away: a view.
    public Tensor picked(long dimension, long place) {
        return new Tensor(handle.select(dimension, place));
    }

    /// The slices of these places along a dimension: a copy.
    public Tensor select(long dimension, Tensor places) {
        return new Tensor(handle.index_select(dimension, places.handle));
    }

    /// Tensors one behind the other along a dimension.
    public static Tensor joined(List<Tensor> parts, long dimension) {
        return new Tensor(torch.cat(vector(parts), dimension));
    }

    /// The same into a tensor that is there.
    static void join(List<Tensor> parts, long dimension, Tensor into) {
        torch.cat_out(into.handle, vector(parts), dimension);
    }

    private static TensorVector vector(List<Tensor> parts) {
        return new TensorVector(parts.stream().map(part -> part.handle).toArray(org.bytedeco.pytorch.Tensor[]::new));
    }

    /// The same elements without their history.
    public Tensor detached() {
        return new Tensor(handle.detach());
    }

    // --- layers

    /// `(N, in)` to `(N, out)`: times the transpose of `weight` `(out, in)`, plus `bias` `(out)`.
    public Tensor linear(Tensor weight, Tensor bias) {
        return new Tensor(torch.linear(handle, weight.handle, new TensorOptional(bias.handle)));
    }

    /// The same for each of `K`, by its own weights: `(K, N, in)` to `(K, N, out)` by the turned `weight` `(K, in,
    /// out)`
    /// and `bias` `(K, out)`.
    public Tensor linearEach(Tensor weight, Tensor bias) {
        return new Tensor(torch.baddbmm(bias.handle.unsqueeze(1), handle, weight.handle));
    }

    /// One step of an LSTM: `(N, in)`, with the state `(N, 2H)` of what it said and of its cells, to the next state.
    /// Weights
    /// `(4H, in)` and `(4H, H)`, biases `(4H)`, gates in the order input, forget, cell, output.
    public Tensor lstmCell(Tensor state, Tensor wih, Tensor whh, Tensor bih, Tensor bhh) {
        long cells = state.handle.size(1) / 2;
        var before = new TensorVector(state.handle.narrow(1, 0, cells), state.handle.narrow(1, cells, cells));
        var after = torch.lstm_cell(
                handle, before, wih.handle, whh.handle, new TensorOptional(bih.handle), new TensorOptional(bhh.handle));
        return new Tensor(torch.cat(new TensorVector(after.get0(), after.get1()), 1));
    }

    /// Rows of this table `(V, d)` by their places, int64 of any shape `(...)`: `(..., d)`.
    public Tensor embedding(Tensor places) {
        return new Tensor(torch.embedding(handle, places.handle));
    }

    /// The last dimension, as long as `weight`, scaled to mean 0 and variance 1, times `weight`, plus
    /// `bias` (Ba, Kiros, Hinton 2016, arXiv 1607.06450), with 1e-5 added to the variance.
    public Tensor layerNorm(Tensor weight, Tensor bias) {
        return new Tensor(torch.layer_norm(
                handle,
                new long[] {weight.size()},
                new TensorOptional(weight.handle),
                new TensorOptional(bias.handle),
                1e-5,
                false));
    }

    /// `(N, in, H, W)` to `(N, out, H', W')` by `weight` `(out, in, h, w)` and `bias` `(out)`, zeros around.
    public Tensor conv2d(Tensor weight, Tensor bias, long stride, long padding) {
        return conv2d(weight, bias, stride, padding, 1);
    }

    /// The same in `groups` that do not see one another: `(N, groups * in, H, W)` to `(N, groups * out, H', W')` by
    /// `weight` `(groups * out, in, h, w)` and `bias` `(groups * out)`.
    public Tensor conv2d(Tensor weight, Tensor bias, long stride, long padding, long groups) {
        return new Tensor(torch.conv2d(
                handle,
                weight.handle,
                new TensorOptional(bias.handle),
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                groups));
    }

    /// The transpose of [#conv2d]: `(N, in, H, W)` to a larger `(N, out, H', W')` by `weight` `(in, out, h, w)`.
    public Tensor convTranspose2d(Tensor weight, Tensor bias, long stride, long padding) {
        return convTranspose2d(weight, bias, stride, padding, 1);
    }

    /// The same in `groups` that do not see one another: `(N, groups * in, H, W)` to
    /// `(N, groups * out, H', W')` by `weight` `(groups * in, out, h, w)` and `bias` `(groups * out)`.
    public Tensor convTranspose2d(Tensor weight, Tensor bias, long stride, long padding, long groups) {
        return new Tensor(torch.conv_transpose2d(
                handle,
                weight.handle,
                new TensorOptional(bias.handle),
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {0, 0},
                groups,
                1,
                1));
    }

    /// The largest of each `size` by `size` window; windows do not overlap.
    public Tensor maxPool2d(long size) {
        return new Tensor(torch.max_pool2d(handle, size, size));
    }

    public Tensor relu() {
        return new Tensor(handle.relu());
    }

    /// Itself where it is positive, elsewhere `slope` times it (Maas et al. 2013).
    public Tensor leakyRelu(double slope) {
        return new Tensor(torch.leaky_relu(handle, new Scalar(slope)));
    }

    /// `log(1 + exp(x))`: minus the logarithm of the sigmoid of `-x`.
    public Tensor softplus() {
        return new Tensor(torch.softplus(handle));
    }

    public Tensor tanh() {
        return new Tensor(handle.tanh());
    }

    public Tensor sigmoid() {
        return new Tensor(handle.sigmoid());
    }

    public Tensor softmax(long dimension) {
        return new Tensor(handle.softmax(dimension));
    }

    public Tensor logSoftmax(long dimension) {
        return new Tensor(handle.log_softmax(dimension));
    }

    /// Each element dropped with probability `rate`, the others divided by `1 - rate` (Srivastava et al. 2014,
    /// "Dropout", JMLR 15, section 10: inverted). Which ones is drawn by `random`, 32 bits for each in row-major
    /// order, so that no generator is shared: libtorch's own is one for the whole process.
    ///
    /// @param rate in `[0, 1)`; 0 draws nothing
    public Tensor dropout(double rate, RandomGenerator random) {
        return dropped(rate, random, handle.sizes().vec().get());
    }

    /// The same for whole channels of `(N, C, H, W)` (Tompson et al. 2015, arXiv 1411.4280, section 3.2), which
    /// take their neighbours' information with them.
    public Tensor dropoutChannels(double rate, RandomGenerator random) {
        return dropped(rate, random, handle.size(0), handle.size(1), 1, 1);
    }

    /// Dropout at a quarter of the cost, for networks that drop much: which elements is a function of a key,
    /// of 16 bits for each in row-major order, so the rate is the nearest multiple of 2^-16.
    ///
    /// @param rate in `[0, 1)`; 0 drops nothing
    /// @param key drawn anew for each use
    public Tensor dropout(double rate, long key) {
        Masks.check(rate);
        if (rate == 0) {
            return this;
        }
        return times(filled(
                buffer -> Masks.fill(buffer, rate, key), handle.sizes().vec().get()));
    }

    private Tensor dropped(double rate, RandomGenerator random, long... shape) {
        Masks.check(rate);
        if (rate == 0) {
            return this;
        }
        return times(filled(buffer -> Masks.fill(buffer, rate, random), shape));
    }

    /// The mean cross entropy [nats] of rows of logits `(N, classes)` against classes `(N)`, int64. The target is
    /// `1 - smoothing` for the class plus `smoothing / classes` for each (Szegedy et al. 2016, arXiv 1512.00567,
    /// section 7).
    public Tensor crossEntropy(Tensor classes, double smoothing) {
        return new Tensor(
                torch.cross_entropy_loss(handle, classes.handle, new TensorOptional(), MEAN, NO_CLASS, smoothing));
    }

    /// The cross entropy [nats] of each row of logits `(N, classes)` against classes `(N)`, int64: `(N)`.
    public Tensor crossEntropyEach(Tensor classes) {
        return new Tensor(torch.cross_entropy_loss(handle, classes.handle, new TensorOptional(), EACH, NO_CLASS, 0));
    }

    /// How many elements are equal in two int64 tensors of one shape.
    public long matches(Tensor other) {
        return (long) handle.eq(other.handle).sum().item_double();
    }

    // --- gradients and changes in place

    /// Adds the gradients of this single number to those of every parameter it was computed from.
    public void backward() {
        handle.backward();
    }

    /// The same elements without their history, as something that [#gradient] can be asked by.
    public Tensor watched() {
        var leaf = detached();
        leaf.handle.requires_grad_(true);
        return leaf;
    }

    /// The gradient of this single number by a tensor that it was computed from. It is recorded in its
    /// turn, so that what is computed from it has gradients too: the derivative of a derivative.
    /// Parameters' gradients stay as they are.
    ///
    /// @param by parameters, or a tensor that is [#watched]
    public Tensor gradient(Tensor by) {
        var gradients = torch.grad(
                new TensorVector(handle),
                new TensorVector(by.handle),
                new TensorVector(),
                new BoolOptional(true),
                true,
                false);
        return new Tensor(gradients.get(0));
    }

    public Tensor zeroHere() {
        handle.zero_();
        return this;
    }

    /// Draws every element anew, normal with this standard deviation, in row-major order.
    public Tensor normalHere(double deviation, RandomGenerator random) {
        var drawn = new float[Math.toIntExact(size())];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (float) (deviation * random.nextGaussian());
        }
        handle.copy_(of(drawn, shape().stream().mapToLong(Long::longValue).toArray()).handle);
        return this;
    }

    public Tensor copyHere(Tensor other) {
        handle.copy_(other.handle);
        return this;
    }

    /// The slices at these places along the first dimension become others.
    Tensor copyHere(Tensor places, Tensor slices) {
        handle.index_copy_(0, places.handle, slices.handle);
        return this;
    }

    public Tensor timesHere(double number) {
        handle.mul_(new Scalar(number));
        return this;
    }

    public Tensor timesHere(Tensor factor) {
        handle.mul_(factor.handle);
        return this;
    }

    public Tensor overHere(Tensor other) {
        handle.div_(other.handle);
        return this;
    }

    public Tensor plusHere(double number) {
        handle.add_(new Scalar(number));
        return this;
    }

    /// Times a factor, plus a term.
    public Tensor timesPlusHere(Tensor factor, Tensor term) {
        torch.addcmul_out(handle, term.handle, handle, factor.handle);
        return this;
    }

    /// Plus `factor` times another.
    public Tensor plusHere(Tensor other, double factor) {
        handle.add_(other.handle, new Scalar(factor));
        return this;
    }

    /// `share` of the way to another.
    public Tensor towardsHere(Tensor other, double share) {
        handle.lerp_(other.handle, new Scalar(share));
        return this;
    }

    /// A share of the way to another, as broadcast.
    public Tensor towardsHere(Tensor other, Tensor share) {
        handle.lerp_(other.handle, share.handle);
        return this;
    }

    /// Plus `factor` times the product of two others.
    public Tensor plusProductHere(Tensor first, Tensor second, double factor) {
        handle.addcmul_(first.handle, second.handle, new Scalar(factor));
        return this;
    }

    /// Plus the product of two others.
    public Tensor plusProductHere(Tensor first, Tensor second) {
        handle.addcmul_(first.handle, second.handle);
        return this;
    }

    /// Plus `factor` times the quotient of two others.
    public Tensor plusQuotientHere(Tensor above, Tensor below, double factor) {
        handle.addcdiv_(above.handle, below.handle, new Scalar(factor));
        return this;
    }
}
