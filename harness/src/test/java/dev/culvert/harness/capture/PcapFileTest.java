package dev.culvert.harness.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.harness.packet.SamplePackets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapFileTest {

    /** Version 2.4, no time zone, no accuracy, snap length 262144, Ethernet. */
    private static final String BIG_ENDIAN_HEADER = "0002 0004 00000000 00000000 00040000 00000001";

    private static final String LITTLE_ENDIAN_HEADER = "0200 0400 00000000 00000000 00000400 01000000";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "a1b2c3d4, " + BIG_ENDIAN_HEADER + ", 6553f100 00000007 00000002 00000003 abcd, 1700000000000007000",
        "a1b23c4d, " + BIG_ENDIAN_HEADER + ", 6553f100 00000007 00000002 00000003 abcd, 1700000000000000007",
        "d4c3b2a1, " + LITTLE_ENDIAN_HEADER + ", 00f15365 07000000 02000000 03000000 abcd, 1700000000000007000",
        "4d3cb2a1, " + LITTLE_ENDIAN_HEADER + ", 00f15365 07000000 02000000 03000000 abcd, 1700000000000000007",
    })
    void readsBothByteOrdersAndBothTimeUnits(String magic, String header, String record, long nanos)
            throws IOException {
        Path file = file(magic + header + record);

        List<CapturedPacket> packets = PcapFile.readAll(file);

        assertThat(packets).containsExactly(new CapturedPacket(0, nanos, Bytes.parse("abcd"), 3, LinkType.ETHERNET));
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        List<CapturedPacket> packets = samples();
        Path file = folder.resolve("written.pcap");

        PcapWriter.write(file, LinkType.ETHERNET, packets);

        assertThat(PcapFile.readAll(file)).isEqualTo(packets);
    }

    @ParameterizedTest
    @CsvSource({"16", "100", "1000", "1500", "100000"})
    void readsTheSameThroughWindowsOfAnySize(int windowSize) throws IOException {
        Path file = folder.resolve("written.pcap");
        PcapWriter.write(file, LinkType.ETHERNET, samples());
        List<CapturedPacket> read = new ArrayList<>();

        try (PcapFile pcap = PcapFile.open(file)) {
            for (PcapCursor cursor = pcap.cursor(windowSize); cursor.next(); ) {
                read.add(cursor.packet());
            }
        }

        assertThat(read).isEqualTo(samples());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the file is empty",
                "d4c3b2a1 0200 0400 | the pcap file header of 24 bytes is cut after 8",
                "0a0d0d0a 1c000000 4d3c2b1a | this is a pcapng file",
                "1f8b0800 00000000 | this is a gzip file",
                "23 20 6e 6f 74 65 73 0a 66 6f 6f | starts with the text \"# notes\"",
                "7f454c46 02010100 | starts with the bytes 7f454c4602010100",
                "a1 b2 | starts with the bytes a1b2",
                "a1b23c4d 0002 0003 00000000 00000000 00040000 00000001 | pcap version 2.3: only 2.4 is known",
            })
    void saysWhatAForeignFileIs(String hex, String why) throws IOException {
        Path file = file(hex);

        assertThatThrownBy(() -> PcapFile.open(file))
                .isInstanceOf(PcapException.class)
                .hasMessageStartingWith(file + ": at byte ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00000000 000000 | 42 | a packet's record header should follow, 16 bytes in all, but the file ends after 7",
                "00000000 00000000 00000004 00000004 ab | 42 | a packet of 4 bytes should follow, 20 bytes in all, but the file ends after 17",
                "00000000 00000000 00040001 00040001 | 50 | captured length 262145 is more than any packet's 262144",
                "00000000 00000000 ffffffff ffffffff | 50 | captured length 4294967295 is more than",
                "00000000 00000000 00000004 00000003 abcdabcd | 54 | original length 3 is less than the captured length 4",
                "00000000 3b9aca00 00000000 00000000 | 46 | a time stamp of 1000000000 ns beyond its second",
            })
    void saysWhereADamagedFileIsDamaged(String secondRecord, long offset, String why) throws IOException {
        String firstRecord = "00000000 00000000 00000002 00000002 abcd";
        Path file = file("a1b23c4d" + BIG_ENDIAN_HEADER + firstRecord + secondRecord);

        PcapException thrown = catchThrowableOfType(PcapException.class, () -> PcapFile.readAll(file));

        assertThat(thrown)
                .hasMessageContaining("at byte " + offset + ", after 1 whole packet: ")
                .hasMessageContaining(why);
        assertThat(thrown.offset()).isEqualTo(offset);
        assertThat(thrown.wholePackets()).isEqualTo(1);
    }

    @Test
    void readsACaptureWithoutPackets() throws IOException {
        assertThat(PcapFile.readAll(file("a1b23c4d" + BIG_ENDIAN_HEADER))).isEmpty();
    }

    @Test
    void refusesToMixLinkTypesInOneFile() throws IOException {
        try (PcapWriter writer = PcapWriter.create(folder.resolve("mixed.pcap"), LinkType.RAW)) {
            assertThatThrownBy(() -> writer.write(samples().get(0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a packet of Ethernet in a file of raw IP");
        }
    }

    private static List<CapturedPacket> samples() {
        List<CapturedPacket> packets = new ArrayList<>();
        for (Bytes frame : SamplePackets.all()) {
            long nanos = 1_700_000_000_000_000_000L + packets.size();
            packets.add(new CapturedPacket(packets.size(), nanos, frame, frame.length(), LinkType.ETHERNET));
        }
        return packets;
    }

    private Path file(String hex) throws IOException {
        return Files.write(folder.resolve("made.pcap"), Bytes.parse(hex).toArray());
    }
}
