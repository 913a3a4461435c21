package dev.culvert.topologies.file;

/** A topology that uses every key there is. */
final class EveryKey {

    static final String TEXT = """
            name: everything
            title: Every key there is
            description: |
              Two lines
              of text.
            tags: [mine, asymmetric]
            router:
              a:
                subnet: 198.51.100.0/25
                address: 198.51.100.100/25
                mtu: 9000
              b:
                subnet: 198.51.100.128/25
                mtu: 1400
            tunnel:
              kind: ipip
              subnet: 203.0.113.0/24
              device: tun7
              mtu: 1300
              options:
                ttl: 64
                tos: inherit
                encap: gue
                encap-sport: auto
                encap-dport: 5555
                encap-csum: true
                encap-remcsum: false
            mpls:
              labels: [100, 200]
              a: [16]
              b: [1048575]
            a:
              underlay:
                address: 198.51.100.5/25
                device: wan0
                mac: 02:00:00:00:00:05
              tunnel:
                local: 192.0.2.1
                listen: 5555
                address: 203.0.113.7/24
                options:
                  dev: wan0
                  mode: any
                  pmtudisc: true
              lan:
                subnet: 198.18.1.0/24
                address: 198.18.1.100
                host: 198.18.1.200
                mtu: 1280
              routes:
                - to: 192.0.2.64/26
                  via: 198.18.1.200
                - to: 198.18.2.0/24
                  device: tun7
                  labels: [300]
                - to: 0.0.0.0/0
                  via: 198.51.100.99
                  device: wan0
                  onlink: true
              sysctls:
                net.ipv4.conf.tun7.rp_filter: 2
                net.ipv4.ip_forward_use_pmtu: "1"
            b:
              tunnel:
                device: peer-0
                remote: 192.0.2.1
                mtu: 1200
              lan: 198.18.2.0/24
            throughput:
              seconds: 5
              udp-megabits: 100
            """;

    private EveryKey() {}
}
