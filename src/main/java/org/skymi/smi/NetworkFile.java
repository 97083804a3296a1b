package org.skymi.smi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.skymi.smi.NetworkSettings.Sizes;
import org.skymi.smi.NetworkSettings.Terms;
import org.skymi.smi.NetworkSettings.Training;

/** An arm's networks as bytes: what they are, the units of their inputs, and DL4J's own file. */
final class NetworkFile {
  private static final int VERSION = 2;

  /** More of anything is a damaged file. */
  private static final int MOST = 1 << 28;

  /** What a file holds. */
  record Contents(NetworkSettings settings, Layout layout, InputMoments moments, byte[] state) {}

  private NetworkFile() {}

  static byte[] bytes(Contents contents) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      write(out, contents.settings());
      out.writeInt(contents.layout().fibres());
      out.writeDouble(contents.layout().reach());
      write(out, contents.layout().lengths());
      write(out, contents.moments().sums());
      out.writeInt(contents.state().length);
      out.write(contents.state());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #bytes} gave.
   *
   * @throws IllegalArgumentException if it is nothing like it
   */
  static Contents read(byte[] file) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file))) {
      int version = in.readInt();
      if (version != VERSION) {
        throw new IllegalArgumentException("networks of version " + version);
      }
      NetworkSettings settings = settings(in);
      Layout layout = new Layout(in.readInt(), in.readDouble(), doubles(in));
      InputMoments moments = new InputMoments(settings.sizes(), doubles(in));
      byte[] state = new byte[size(in)];
      in.readFully(state);
      return new Contents(settings, layout, moments, state);
    } catch (IOException e) {
      throw new IllegalArgumentException("networks end too soon", e);
    }
  }

  private static void write(DataOutputStream out, NetworkSettings settings) throws IOException {
    Sizes sizes = settings.sizes();
    out.writeInt(sizes.coefficients());
    out.writeInt(sizes.sky());
    out.writeInt(sizes.fibres());
    out.writeInt(sizes.individual());
    out.writeInt(sizes.common());
    out.writeInt(sizes.hidden());
    Terms terms = settings.terms();
    out.writeDouble(terms.alike());
    out.writeDouble(terms.adjoining());
    out.writeDouble(terms.shared());
    out.writeBoolean(terms.common());
    out.writeBoolean(terms.individual());
    out.writeBoolean(terms.place());
    Training training = settings.training();
    out.writeInt(training.epochs());
    out.writeInt(training.batch());
    out.writeDouble(training.rate());
    out.writeDouble(training.shrinkage());
    out.writeDouble(training.freedom());
    out.writeLong(settings.seed());
  }

  private static NetworkSettings settings(DataInputStream in) throws IOException {
    Sizes sizes =
        new Sizes(
            in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt());
    Terms terms =
        new Terms(
            in.readDouble(),
            in.readDouble(),
            in.readDouble(),
            in.readBoolean(),
            in.readBoolean(),
            in.readBoolean());
    Training training =
        new Training(in.readInt(), in.readInt(), in.readDouble(), in.readDouble(), in.readDouble());
    return new NetworkSettings(sizes, terms, training, in.readLong());
  }

  private static void write(DataOutputStream out, double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static double[] doubles(DataInputStream in) throws IOException {
    double[] values = new double[Math.min(size(in), in.available() / Double.BYTES)];
    for (int k = 0; k < values.length; k++) {
      values[k] = in.readDouble();
    }
    return values;
  }

  private static int size(DataInputStream in) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > MOST) {
      throw new IllegalArgumentException("networks of " + size + " numbers");
    }
    return size;
  }
}
