package org.skymi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
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
          .layer("experiment")
          .definedBy("org.skymi.experiment..")
          .layer("query")
          .definedBy("org.skymi.query..")
          .layer("spark")
          .definedBy("org.skymi.spark..")
          .layer("report")
          .definedBy("org.skymi.report..")
          .layer("plate")
          .definedBy("org.skymi.plate..")
          .layer("services")
          .definedBy(
              "org.skymi.archive..",
              "org.skymi.campaign..",
              "org.skymi.fits..",
              "org.skymi.table..",
              "org.skymi.simulate..")
          .layer("learning")
          .definedBy("org.skymi.smi..", "org.skymi.release..")
          .layer("sky")
          .definedBy("org.skymi.sky..")
          .layer("math")
          .definedBy("org.skymi.math..")
          .layer("survey")
          .definedBy("org.skymi.survey..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("experiment")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("query")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("spark")
          .mayOnlyBeAccessedByLayers("cli", "query", "experiment")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("cli", "query", "experiment")
          .whereLayer("plate")
          .mayOnlyBeAccessedByLayers("cli", "query", "experiment", "spark")
          .whereLayer("services")
          .mayOnlyBeAccessedByLayers("cli", "query", "experiment", "spark", "report", "plate")
          .whereLayer("learning")
          .mayOnlyBeAccessedByLayers(
              "cli", "query", "experiment", "spark", "report", "plate", "services")
          .whereLayer("sky")
          .mayOnlyBeAccessedByLayers(
              "cli", "query", "experiment", "spark", "report", "plate", "services", "learning")
          .whereLayer("math")
          .mayOnlyBeAccessedByLayers(
              "cli",
              "query",
              "experiment",
              "spark",
              "report",
              "plate",
              "services",
              "learning",
              "sky");

  @ArchTest
  static final ArchRule packagesFormNoCircle =
      slices().matching("org.skymi.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule subPackagesFormNoCircle =
      slices().assignedFrom(byPackage()).should().beFreeOfCycles();

  private static SliceAssignment byPackage() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        return SliceIdentifier.of(javaClass.getPackageName());
      }

      @Override
      public String getDescription() {
        return "every package";
      }
    };
  }

  /** But for the one class that hands graphs and batches to DL4J's training on Spark. */
  @ArchTest
  static final ArchRule networksOnlyInSmi =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.skymi.smi..")
          .and()
          .doNotHaveFullyQualifiedName("org.skymi.spark.NetworkTraining")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..");

  /** No estimator can see a truth, because it doesn't know that there are simulations. */
  @ArchTest
  static final ArchRule scienceNeverSeesATruth =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.skymi.survey..",
              "org.skymi.math..",
              "org.skymi.sky..",
              "org.skymi.smi..",
              "org.skymi.release..",
              "org.skymi.plate..")
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
  static final ArchRule sparkOnlyInSparkAndQuery =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.skymi.spark..", "org.skymi.query..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule hadoopOnlyWhereFilesAre =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.skymi.survey..",
              "org.skymi.math..",
              "org.skymi.sky..",
              "org.skymi.smi..",
              "org.skymi.release..",
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
