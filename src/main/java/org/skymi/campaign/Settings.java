package org.skymi.campaign;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skymi.survey.InputException;

/**
 * The settings of a run: built-in defaults, overridden by files, overridden by the command line.
 * Each knows where it came from.
 */
public final class Settings {
  private static final String ROOT = "skymi";
  private static final String COMMAND_LINE = "command line";

  private final Config config;

  private Settings(Config config) {
    this.config = config;
  }

  /**
   * Resolves the settings.
   *
   * @param files HOCON files, a later one overrides an earlier one
   * @param commandLine values by name, like {@code reduction.seed}
   * @throws InputException if a file can't be read or a name or type is unknown
   */
  public static Settings resolve(List<Path> files, Map<String, Object> commandLine) {
    Config defaults =
        ConfigFactory.parseResources(Settings.class, "reference.conf", builtIn()).resolve();
    try {
      Config config = defaults;
      for (Path file : files) {
        config = parse(file).withFallback(config);
      }
      for (Map.Entry<String, Object> e : commandLine.entrySet()) {
        config =
            config.withValue(
                ROOT + "." + e.getKey(), ConfigValueFactory.fromAnyRef(e.getValue(), COMMAND_LINE));
      }
      Config resolved = config.resolve();
      resolved.checkValid(defaults);
      rejectUnknown(resolved.getConfig(ROOT), defaults.getConfig(ROOT));
      return new Settings(resolved.getConfig(ROOT));
    } catch (ConfigException e) {
      throw new InputException("settings: " + e.getMessage(), e);
    }
  }

  /** The same with one more value that the command line decided. */
  public Settings with(String name, String value) {
    return new Settings(config.withValue(name, ConfigValueFactory.fromAnyRef(value, COMMAND_LINE)));
  }

  /** A whole number. */
  public long number(String name) {
    return config.getLong(name);
  }

  /** A real number. */
  public double real(String name) {
    return config.getDouble(name);
  }

  /** A text. */
  public String text(String name) {
    return config.getString(name);
  }

  /** Texts, as a list. */
  public List<String> texts(String name) {
    return config.getStringList(name);
  }

  /** A yes or no. */
  public boolean flag(String name) {
    return config.getBoolean(name);
  }

  /** All of them, by name. */
  public List<Setting> all() {
    return config.entrySet().stream()
        .map(
            e ->
                new Setting(
                    e.getKey(),
                    String.valueOf(e.getValue().unwrapped()),
                    e.getValue().origin().description()))
        .sorted(Comparator.comparing(Setting::name))
        .toList();
  }

  /** Those that decide what the tables hold. */
  public List<Setting> ofResults() {
    return all().stream().filter(Settings::isOfResults).toList();
  }

  private static boolean isOfResults(Setting s) {
    return s.name().startsWith("reduction.")
        || s.name().startsWith("output.")
        || s.name().equals("run.fiberflat") && !s.value().isEmpty();
  }

  /** Digest of the settings that decide what the tables hold. */
  public String digest() {
    Digest digest = new Digest();
    ofResults().forEach(s -> digest.add(s.name()).add(s.value()));
    return digest.hex();
  }

  private static ConfigParseOptions builtIn() {
    return ConfigParseOptions.defaults()
        .setAllowMissing(false)
        .setOriginDescription("built-in default");
  }

  private static Config parse(Path file) {
    if (!Files.isReadable(file)) {
      throw new InputException("settings: cannot read " + file);
    }
    return ConfigFactory.parseFile(file.toFile());
  }

  private static void rejectUnknown(Config given, Config known) {
    Optional<String> unknown =
        given.entrySet().stream()
            .filter(e -> !known.hasPath(e.getKey()))
            .map(e -> ROOT + "." + e.getKey() + " (" + e.getValue().origin().description() + ")")
            .sorted()
            .findFirst();
    if (unknown.isPresent()) {
      throw new InputException("settings: unknown " + unknown.get());
    }
    // A text can pass for a number until it is read as one.
    known.entrySet().stream()
        .filter(e -> e.getValue().valueType() == ConfigValueType.NUMBER)
        .forEach(e -> given.getLong(e.getKey()));
  }
}
