package org.skymi.smi;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What ND4J computes on, and the memory that it has at a moment.
 *
 * @param name {@code cpu}, {@code cuda} for a GPU, or {@code none}
 * @param offHeapBytes held by ND4J's arrays of all threads of this process
 * @param processBytes in main memory for this process, heap and all
 */
public record Backend(String name, long offHeapBytes, long processBytes) {
  private static final String CPU = "cpu";
  private static final Logger LOG = LoggerFactory.getLogger(Backend.class);

  /** Chosen once per process: the fastest of those on the class path that can run here. */
  private static final class Chosen {
    static final String NAME = choose();

    private static String choose() {
      String backend = Nd4j.getBackend().getClass().getSimpleName();
      String name = backend.startsWith("Cpu") ? CPU : "cuda";
      LOG.info("ND4J computes on {} ({})", name, backend);
      if (name.equals(CPU) && hasGpuBackend()) {
        LOG.warn("built for a GPU, but CUDA finds none here: computing on the CPU");
      }
      return name;
    }

    private static boolean hasGpuBackend() {
      return Backend.class
              .getClassLoader()
              .getResource("org/nd4j/linalg/jcublas/JCublasBackend.class")
          != null;
    }
  }

  /** That of a task without networks, for which nothing of ND4J is loaded: Java's heap alone. */
  public static Backend none() {
    return new Backend("none", 0, Runtime.getRuntime().totalMemory());
  }

  /** The backend in use. */
  public static Backend now() {
    return new Backend(Chosen.NAME, Pointer.totalBytes(), Pointer.physicalBytes());
  }
}
