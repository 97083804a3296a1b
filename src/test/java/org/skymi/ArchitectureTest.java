package org.skymi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.util.Formatter;
import java.util.Locale;
import java.util.Set;

/** The arrows of docs/architecture.md: they point downward only. */
@AnalyzeClasses(packages = "org.skymi", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule arrowsPointDownward =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("org.skymi.cli..")
          .layer("spark")
          .definedBy("org.skymi.spark..")
          .layer("services")
          .definedBy(
              "org.skymi.archive..",
              "org.skymi.campaign..",
              "org.skymi.fits..",
              "org.skymi.table..",
              "org.skymi.report..",
              "org.skymi.simulate..")
          .layer("smi")
          .definedBy("org.skymi.smi..")
          .layer("sky")
          .definedBy("org.skymi.sky..")
          .layer("survey")
          .definedBy("org.skymi.survey..")
          .withOptionalLayers(true)
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("spark")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("services")
          .mayOnlyBeAccessedByLayers("cli", "spark")
          .whereLayer("smi")
          .mayOnlyBeAccessedByLayers("cli", "spark", "services")
          .whereLayer("sky")
          .mayOnlyBeAccessedByLayers("cli", "spark", "services", "smi");

  @ArchTest
  static final ArchRule networksOnlyInSmi =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.skymi.smi..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..");

  /** No estimator can see a truth, because it doesn't know that there are simulations. */
  @ArchTest
  static final ArchRule scienceNeverSeesATruth =
      noClasses()
          .that()
          .resideInAnyPackage("org.skymi.survey..", "org.skymi.sky..", "org.skymi.smi..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.skymi.simulate..");

  @ArchTest
  static final ArchRule fitsOnlyInFits =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.skymi.fits..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("nom.tam..");

  @ArchTest
  static final ArchRule sparkOnlyInSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.skymi.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule hadoopOnlyWhereFilesAre =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.skymi.survey..",
              "org.skymi.sky..",
              "org.skymi.smi..",
              "org.skymi.fits..",
              "org.skymi.simulate..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hadoop..");

  @ArchTest
  static final ArchRule surveyIsPlainJava =
      noClasses()
          .that()
          .resideInAPackage("org.skymi.survey..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("java..", "org.skymi.survey..");

  /** A table or manifest written under one locale must be the same under every other. */
  @ArchTest
  static final ArchRule nothingIsFormattedByTheMachinesLocale =
      noClasses().should().callCodeUnitWhere(formatsByDefaultLocale());

  private static DescribedPredicate<JavaCall<?>> formatsByDefaultLocale() {
    Set<String> formatting = Set.of("format", "formatted", "printf", "toUpperCase", "toLowerCase");
    Set<String> owners =
        Set.of(String.class.getName(), PrintStream.class.getName(), PrintWriter.class.getName());
    Set<String> constructed = Set.of(Formatter.class.getName(), DecimalFormat.class.getName());
    return DescribedPredicate.describe(
        "format by the default locale",
        call -> {
          JavaClass owner = call.getTargetOwner();
          boolean formats =
              owners.contains(owner.getName()) && formatting.contains(call.getName())
                  || constructed.contains(owner.getName())
                      && call.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                  || owner.isEquivalentTo(DateTimeFormatter.class)
                      && call.getName().equals("ofPattern")
                  || owner.isEquivalentTo(NumberFormat.class)
                      && call.getName().endsWith("Instance");
          return formats
              && call.getTarget().getRawParameterTypes().stream()
                  .noneMatch(
                      p ->
                          p.isEquivalentTo(Locale.class)
                              || p.isEquivalentTo(DecimalFormatSymbols.class));
        });
  }
}
