package org.skymi.plate;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.skymi.sky.judge.Method;
import org.skymi.sky.memory.FrameEquations;
import org.skymi.sky.memory.LinearMemory;
import org.skymi.sky.memory.Prediction;
import org.skymi.smi.CrossFit;
import org.skymi.smi.FrameNetworks;
import org.skymi.survey.Arm;

/** A base model's networks, which go on from its memory. */
final class NetworkMethod implements SkyMethod {
  private final PooledPlate pooled;
  private final LinearMemory memory;
  private final Map<Arm, FrameNetworks> networks = new EnumMap<>(Arm.class);

  /**
   * @param networks by arm, as stored
   */
  NetworkMethod(PooledPlate pooled, LinearMemory memory, Map<Arm, byte[]> networks) {
    this.pooled = pooled;
    this.memory = memory;
    networks.forEach((arm, bytes) -> this.networks.put(arm, FrameNetworks.read(bytes)));
  }

  @Override
  public Method name() {
    return Method.SMI;
  }

  @Override
  public FrameSkies skies(FramePixels pixels) {
    FrameNetworks own = networks.get(pixels.arm);
    Foresight foresight = own == null ? f -> memory.posterior(f, i -> true) : f -> expected(own, f);
    return new ForeseenSkies(pixels, pooled, foresight);
  }

  private Prediction[] expected(FrameNetworks own, FrameEquations frame) {
    CrossFit.Placed placed = NetworkLearning.placed(frame);
    Prediction[] z = own.expect(List.of(CrossFit.asked(memory, placed))).get(0);
    for (int i = 0; i < z.length; i++) {
      FrameEquations.Fibre fibre = frame.fibres()[i];
      z[i] = fibre.equations() == null ? z[i] : z[i].posterior(fibre.equations());
    }
    return z;
  }

  @Override
  public void close() {
    networks.values().forEach(FrameNetworks::close);
  }
}
