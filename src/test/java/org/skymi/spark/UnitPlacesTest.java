package org.skymi.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DFSTestUtil;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skymi.archive.Archive;
import org.skymi.campaign.ModelChoice;
import org.skymi.campaign.PlannedInput;
import org.skymi.campaign.PlannedUnit;
import org.skymi.fits.FileIdentity;
import scala.collection.JavaConverters;

/** On an HDFS of three hosts, each file on one of them. */
class UnitPlacesTest {
  @TempDir Path folder;

  @Test
  void aUnitIsDoneWhereMostOfItIs() throws Exception {
    Configuration configuration = new Configuration();
    File base = folder.resolve("hdfs").toFile();
    try (MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(configuration, base)
            .numDataNodes(3)
            .hosts(new String[] {"host1", "host2", "host3"})
            .build()) {
      FileSystem fs = cluster.getFileSystem();
      String root = cluster.getURI() + "/archive";
      for (int k = 0; k < 6; k++) {
        DFSTestUtil.createFile(
            fs, new org.apache.hadoop.fs.Path(root, "f" + k), 1000L + k, (short) 1, k);
      }
      Archive archive = Archive.open(root, configuration);
      for (int k = 0; k < 6; k++) {
        PlannedUnit one = unit(k, k);
        assertThat(UnitPlaces.hosts(archive, one)).isEqualTo(archive.hosts("f" + k)).hasSize(1);
      }
      PlannedUnit all = unit(0, 5);
      List<String> hosts = UnitPlaces.hosts(archive, all);
      assertThat(hosts).isNotEmpty().doesNotHaveDuplicates();
      try (SparkSession spark =
          SparkSession.builder().master("local[1]").appName("places").getOrCreate()) {
        JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
        UnitWork work = new UnitWork(all, "w", ModelChoice.NONE);
        JavaRDD<UnitWork> rdd = UnitPlaces.of(context, root, List.of(work, work));
        assertThat(rdd.getNumPartitions()).isEqualTo(2);
        assertThat(
                JavaConverters.seqAsJavaList(
                    rdd.rdd().preferredLocations(rdd.rdd().partitions()[1])))
            .isEqualTo(hosts);
      }
    }
  }

  @Test
  void onALocalDiskThereIsNothingToChoose() throws Exception {
    Files.write(folder.resolve("f0"), new byte[10]);
    Archive archive = Archive.open(folder.toString(), new Configuration());
    assertThat(UnitPlaces.hosts(archive, unit(0, 0))).isEmpty();
  }

  private static PlannedUnit unit(int first, int last) {
    List<PlannedInput> inputs =
        IntStream.rangeClosed(first, last)
            .mapToObj(k -> new PlannedInput("f" + k, 1000L + k, "p", FileIdentity.OTHER, null))
            .toList();
    return new PlannedUnit("U", null, inputs, "d");
  }
}
