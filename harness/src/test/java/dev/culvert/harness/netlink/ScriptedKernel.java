package dev.culvert.harness.netlink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.culvert.harness.packet.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;

/** A relay to a kernel that answers as it is told to, request by request. */
final class ScriptedKernel implements Relay {

    static final int DUMP_INTERRUPTED = 0x010;

    private static final int CAPPED = 0x100;
    private static final int NEW_LINK = 16;
    private static final int CONTROLLER = 16;

    private final Deque<IntFunction<Bytes>> script = new ArrayDeque<>();
    private final List<List<NetlinkMessage>> asked = new ArrayList<>();

    /** Refuses the next request, or acknowledges it with 0. */
    ScriptedKernel ends(int error) {
        script.add(sequence -> acknowledgement(error, sequence));
        return this;
    }

    /** Says of the next request that the device it asks for has an index. */
    ScriptedKernel tells(String device, int index) {
        script.add(sequence -> Bytes.join(link(device, index, 0, sequence), acknowledgement(0, sequence)));
        return this;
    }

    /** Says of the next request that the family it asks for has a number. */
    ScriptedKernel tellsFamily(String family, int number) {
        // struct genlmsghdr; CTRL_ATTR_FAMILY_ID, of 2 bytes and 2 of padding; CTRL_ATTR_FAMILY_NAME
        Bytes body = Bytes.join(
                Bytes.of((byte) 1, (byte) 2, (byte) 0, (byte) 0),
                Bytes.of((byte) 6, (byte) 0, (byte) 1, (byte) 0, (byte) number, (byte) 0, (byte) 0, (byte) 0),
                Bytes.of((byte) (5 + family.length()), (byte) 0, (byte) 2, (byte) 0),
                Bytes.of(family.getBytes(US_ASCII)),
                Bytes.of(new byte[4 - family.length() % 4]));
        script.add(sequence -> Bytes.join(message(CONTROLLER, 0, sequence, body), acknowledgement(0, sequence)));
        return this;
    }

    /** Lists devices with the indexes 1, 2, 3 …, each message with flags. */
    ScriptedKernel lists(int flags, String... devices) {
        script.add(sequence -> {
            Bytes all = Bytes.of();
            for (int i = 0; i < devices.length; i++) {
                all = Bytes.join(all, link(devices[i], i + 1, flags, sequence));
            }
            return Bytes.join(all, message(NetlinkMessage.DONE, flags, sequence, number(0)));
        });
        return this;
    }

    /** What it was asked, exchange by exchange. */
    List<List<NetlinkMessage>> asked() {
        return asked;
    }

    @Override
    public Exchange exchange(List<Bytes> datagrams) {
        List<NetlinkMessage> requests = new ArrayList<>();
        asked.add(requests);
        List<Bytes> answers = new ArrayList<>();
        for (Bytes datagram : datagrams) {
            NetlinkMessage request = NetlinkMessage.split(datagram.toArray()).get(0);
            requests.add(request);
            Bytes answer = script.remove().apply(request.sequence());
            answers.add(answer);
            List<NetlinkMessage> messages = NetlinkMessage.split(answer.toArray());
            if (Acknowledgement.of(messages.get(messages.size() - 1)).isRefusal()) {
                break;
            }
        }
        return new Exchange(5, 6, answers);
    }

    private static Bytes acknowledgement(int error, int sequence) {
        // The request's header is repeated; nobody reads it.
        return message(NetlinkMessage.ERROR, CAPPED, sequence, Bytes.join(number(-error), Bytes.of(new byte[16])));
    }

    private static Bytes link(String device, int index, int flags, int sequence) {
        // struct ifinfomsg with its index; IFLA_IFNAME
        Bytes header = Bytes.join(Bytes.of(new byte[4]), number(index), Bytes.of(new byte[8]));
        Bytes name = Bytes.join(
                Bytes.of((byte) (4 + device.length()), (byte) 0, (byte) 3, (byte) 0),
                Bytes.of(device.getBytes(US_ASCII)));
        return message(
                NEW_LINK, flags, sequence, Bytes.join(header, name, Bytes.of(new byte[(4 - device.length() % 4) % 4])));
    }

    private static Bytes message(int type, int flags, int sequence, Bytes body) {
        ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(16 + body.length())
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence);
        return Bytes.join(Bytes.of(header.array()), body);
    }

    private static Bytes number(int number) {
        return Bytes.of(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array());
    }
}
