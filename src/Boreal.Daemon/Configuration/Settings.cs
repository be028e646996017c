using System.Collections.Frozen;

namespace Boreal.Daemon.Configuration;

/// <summary>Every setting. Only what has an effect is here; a flag of dockerd's that would do nothing is refused.</summary>
internal static class Settings
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("add-runtime", "Register an additional OCI runtime", (o, v) => o with { Containers = o.Containers with { Runtimes = Values.Pairs("add-runtime", v) } })
            { Key = "runtimes", Value = "name=path", Repeats = true },
        new("bip", "Address of the default bridge, with its prefix length", (o, v) => o with { Bridge = o.Bridge with { Address = Values.Network("bip", v[^1]) } }) { Value = "address/prefix" },
        new("bridge", "Name of the default bridge (default \"boreal0\")", (o, v) => o with { Bridge = o.Bridge with { Name = Values.Interface(v[^1]) } }) { Short = 'b' },
        new("builder", "What builds keep and may do: {\"gc\": {\"enabled\", \"defaultKeepStorage\", \"policy\"}, \"entitlements\": {\"network-host\", \"security-insecure\"}} as in the file", (o, v) => o with { Builder = BuilderReader.Read(v[^1]) }) { Value = "json", IsDocument = true },
        new("cgroup-parent", "Parent cgroup of all containers (default \"/boreal\")", (o, v) => o with { Containers = o.Containers with { CgroupParent = v[^1] } }),
        new("data-root", "Folder of what must last (default \"/var/lib/boreal\")", (o, v) => o with { DataRoot = Values.Folder("data-root", v[^1]) }) { Value = "path" },
        new("default-address-pool", "Range that networks without a subnet get theirs from", (o, v) => o with { Bridge = o.Bridge with { AddressPools = [.. v.Select(Values.AddressPool)] } })
            { Key = "default-address-pools", Value = "base=network,size=bits", Repeats = true },
        new("default-runtime", "OCI runtime of containers that name none (default \"crun\")", (o, v) => o with { Containers = o.Containers with { Runtime = v[^1] } }),
        new("default-shm-size", "Size of /dev/shm (default 64MiB)", (o, v) => o with { Containers = o.Containers with { ShmSize = Values.Bytes("default-shm-size", v[^1]) } }) { Value = "bytes" },
        new("default-ulimit", "Resource limits of containers that name none", (o, v) => o with { Containers = o.Containers with { Ulimits = [.. v.Select(Values.Ulimit)] } })
            { Key = "default-ulimits", Value = "name=soft[:hard]", Repeats = true },
        new("exec-root", "Folder of what ends with the machine's run (default \"/run/boreal\")", (o, v) => o with { ExecRoot = Values.Folder("exec-root", v[^1]) }) { Value = "path" },
        new("fixed-cidr", "Part of the default bridge's network that addresses come from", (o, v) => o with { Bridge = o.Bridge with { FixedCidr = Values.Cidr("fixed-cidr", v[^1]) } }) { Value = "network" },
        new("fixed-cidr-v6", "IPv6 network of the default bridge", (o, v) => o with { Bridge = o.Bridge with { FixedCidr6 = Values.Cidr("fixed-cidr-v6", v[^1]) } }) { Value = "network" },
        new("group", "Group that may use the unix socket (default \"boreal\" if there is one)", (o, v) => o with { Group = v[^1], GroupIsGiven = true }) { Short = 'G' },
        new("host", "Where to listen: unix://path, tcp://address:port (with --tlsverify), fd://", (o, v) => o with { Hosts = [.. v.Select(Values.Host)] })
            { Short = 'H', Key = "hosts", Value = "url", Repeats = true },
        new("icc", "Containers of the default bridge reach each other (default true)", (o, v) => o with { Bridge = o.Bridge with { Icc = Values.Switch("icc", v[^1]) } }) { Value = "" },
        new("ingress-http", "Where requests for services with routes arrive, once there are some (default \":80\")", (o, v) => o with { Ingress = o.Ingress with { Http = [.. v.SelectMany(text => Values.EndPoints("ingress-http", text))] } })
            { Value = "host:port", Repeats = true },
        new("ingress-https", "The same by TLS, once a service with routes has a certificate (default \":443\")", (o, v) => o with { Ingress = o.Ingress with { Https = [.. v.SelectMany(text => Values.EndPoints("ingress-https", text))] } })
            { Value = "host:port", Repeats = true },
        new("init", "Run an init in containers that do not say", (o, v) => o with { Containers = o.Containers with { Init = Values.Switch("init", v[^1]) } }) { Value = "" },
        new("init-path", "The init's program", (o, v) => o with { Containers = o.Containers with { InitPath = v[^1] } }) { Value = "path" },
        new("insecure-registry", "Registry (host[:port] or network) that needs no valid certificate, nor TLS at all", (o, v) => o with { Registries = o.Registries with { Insecure = v } })
            { Key = "insecure-registries", Value = "registry", Repeats = true },
        new("ip", "Address for published ports that name none (default 0.0.0.0)", (o, v) => o with { Bridge = o.Bridge with { PublishAddress = Values.Address("ip", v[^1]) } }) { Value = "ip" },
        new("ip-masq", "Containers of the default bridge reach others by the host's address (default true)", (o, v) => o with { Bridge = o.Bridge with { Masquerade = Values.Switch("ip-masq", v[^1]) } }) { Value = "" },
        new("ipv6", "IPv6 on the default bridge", (o, v) => o with { Bridge = o.Bridge with { IPv6 = Values.Switch("ipv6", v[^1]) } }) { Value = "" },
        new("label", "Label of this engine, shown by info", (o, v) => o with { Labels = [.. v.Select(Values.Label)] }) { Key = "labels", Value = "key=value", Repeats = true },
        new("live-restore", "Containers outlive the daemon: always so, cannot be turned off", (o, v) => Values.Only("live-restore", v[^1], "true", o)) { Value = "" },
        new("log-driver", "Log driver of containers that name none (default \"json-file\")", (o, v) => o with { Containers = o.Containers with { LogDriver = Values.OneOf("log-driver", v[^1], "json-file", "local", "none") } }),
        new("log-format", "The daemon's own log: text or json (default \"text\")", (o, v) => o with { Logging = o.Logging with { Json = Values.OneOf("log-format", v[^1], "text", "json") == "json" } }),
        new("log-level", "debug, info, warn, error or fatal (default \"info\")", (o, v) => o with { Logging = o.Logging with { Level = Values.Level(v[^1]) } }) { Short = 'l' },
        // After the level, which it overrides.
        new("debug", "Log everything; short for --log-level debug", (o, v) => Values.Switch("debug", v[^1]) ? o with { Logging = o.Logging with { Level = LogLevel.Debug } } : o) { Short = 'D', Value = "" },
        new("log-opt", "Options of the default log driver", (o, v) => o with { Containers = o.Containers with { LogOptions = Values.Pairs("log-opt", v) } })
            { Key = "log-opts", Value = "key=value", Repeats = true },
        new("max-concurrent-downloads", "Layers pulled at a time (default 3)", (o, v) => o with { Registries = o.Registries with { ConcurrentDownloads = Values.Count("max-concurrent-downloads", v[^1]) } }) { Value = "int" },
        new("max-concurrent-uploads", "Layers pushed at a time (default 5)", (o, v) => o with { Registries = o.Registries with { ConcurrentUploads = Values.Count("max-concurrent-uploads", v[^1]) } }) { Value = "int" },
        new("metrics-addr", "Address that Prometheus reads metrics from, in the clear: http://address:port/metrics", (o, v) => o with { MetricsAddress = Values.Listening("metrics-addr", v[^1]) }) { Value = "address:port" },
        new("mtu", "Packet size of the default bridge (default: as the default route)", (o, v) => o with { Bridge = o.Bridge with { Mtu = Values.Mtu(v[^1]) } }) { Value = "int" },
        new("no-new-privileges", "Set no-new-privileges on containers that do not say", (o, v) => o with { Containers = o.Containers with { NoNewPrivileges = Values.Switch("no-new-privileges", v[^1]) } }) { Value = "" },
        new("otlp-endpoint", "OpenTelemetry collector that traces go to, by OTLP over HTTP (default $OTEL_EXPORTER_OTLP_ENDPOINT)", (o, v) => o with { TracesEndpoint = Values.Url("otlp-endpoint", v[^1]).AbsoluteUri }) { Value = "url" },
        new("pidfile", "File for the process id (default \"<exec-root>/boreald.pid\")", (o, v) => o with { PidFile = Values.Folder("pidfile", v[^1]) }) { Short = 'p', Value = "path" },
        .. RegistrySettings.All,
        new("registry-config-dir", "Folder with a folder per registry: hosts.toml, or ca.crt, client.cert and client.key (default \"/etc/boreal/certs.d\")", (o, v) => o with { Registries = o.Registries with { ConfigDirectory = Values.Folder("registry-config-dir", v[^1]) } }) { Value = "path" },
        new("registry-mirror", "Registry to ask for Docker Hub's images before Docker Hub", (o, v) => o with { Registries = o.Registries with { Mirrors = [.. v.Select(Values.Mirror)] } })
            { Key = "registry-mirrors", Value = "url", Repeats = true },
        new("seccomp-profile", "File with the default seccomp profile, \"builtin\" or \"unconfined\"", (o, v) => o with { Containers = o.Containers with { SeccompProfile = Values.SeccompProfile(v[^1]) } }) { Value = "path" },
        new("shutdown-timeout", "Seconds that requests may take to finish at the end (default 15)", (o, v) => o with { ShutdownTimeout = Values.Seconds("shutdown-timeout", v[^1]) }) { Value = "int" },
        new("storage-driver", "overlay2, the only one", (o, v) => Values.Only("storage-driver", v[^1], "overlay2", o)) { Short = 's' },
        new("tls", "Implied by --tlsverify, and not enough without it", (o, v) => o with { Tls = o.Tls with { Enabled = Values.Switch("tls", v[^1]) } }) { Value = "" },
        new("tlscacert", "Trust only clients with a certificate of this authority (default \"/etc/boreal/ca.pem\")", (o, v) => o with { Tls = o.Tls with { CaCertificate = v[^1] } }) { Value = "path" },
        new("tlscert", "The daemon's certificate (default \"/etc/boreal/cert.pem\")", (o, v) => o with { Tls = o.Tls with { Certificate = v[^1] } }) { Value = "path" },
        new("tlskey", "The key of that certificate (default \"/etc/boreal/key.pem\")", (o, v) => o with { Tls = o.Tls with { Key = v[^1] } }) { Value = "path" },
        new("tlsverify", "Use TLS and demand a certificate of every client", (o, v) => o with { Tls = o.Tls with { Verify = Values.Switch("tlsverify", v[^1]) } }) { Value = "" },
    ];

    public static FrozenDictionary<string, Setting> ByName { get; } = All.ToFrozenDictionary(setting => setting.Name);

    public static FrozenDictionary<string, Setting> ByKey { get; } = All.ToFrozenDictionary(setting => setting.Key);
}
