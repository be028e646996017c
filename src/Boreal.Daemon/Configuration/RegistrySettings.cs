using Boreal.Registry.Access;

namespace Boreal.Daemon.Configuration;

/// <summary>What can be set of the registry that the daemon serves.</summary>
internal static class RegistrySettings
{
    public const string Prefix = "registry-";

    public static IReadOnlyList<Setting> All { get; } =
    [
        Of("addr", "Serve a registry at this address, as 127.0.0.1:5000", (o, v) => o with { Addresses = [.. v.Select(text => Values.Listening(Prefix + "addr", text))] }, "host:port") with { Repeats = true },
        Of("auth", "What a client without credentials is told to use: basic or token (default \"basic\")",
            (o, v) => o with { Scheme = Values.OneOf(Prefix + "auth", v[^1], "basic", "token") == "token" ? AuthenticationScheme.Token : AuthenticationScheme.Basic }),
        Of("delete", "Tags, manifests and blobs can be deleted (default true)", (o, v) => o with { AllowDelete = Values.Switch(Prefix + "delete", v[^1]) }, ""),
        Of("gc-grace", "Seconds for which content that nothing names is left alone (default 3600)", (o, v) => o with { CollectionGrace = Values.Seconds(Prefix + "gc-grace", v[^1]) }, "int"),
        Of("gc-interval", "Seconds between two collections of garbage, 0 for only when asked (default 86400)",
            (o, v) => o with { CollectionInterval = Values.Seconds(Prefix + "gc-interval", v[^1]) is { Ticks: > 0 } time ? time : null }, "int"),
        Of("htpasswd", "File with users and bcrypt passwords (htpasswd -B)", (o, v) => o with { Htpasswd = v[^1] }, "path"),
        Of("metrics-addr", "Serve metrics at an address of their own", (o, v) => o with { MetricsAddress = Values.Listening(Prefix + "metrics-addr", v[^1]) }, "host:port"),
        Of("root", "Folder of the registry's content (default \"<data-root>/registry\")", (o, v) => o with { Root = Values.Folder(Prefix + "root", v[^1]) }, "path"),
        Of("tls-cert", "Certificate file: serve https", (o, v) => o with { Certificate = v[^1] }, "path"),
        Of("tls-key", "The key of that certificate", (o, v) => o with { Key = v[^1] }, "path"),
        Of("token-issuer", "Who signs tokens (default \"boreal-registry\")", (o, v) => o with { TokenIssuer = v[^1] }),
        Of("token-lifetime", "Seconds for which a token counts (default 300)", (o, v) => o with { TokenLifetime = Values.TokenLifetime(Prefix + "token-lifetime", v[^1]) }, "int"),
        Of("token-service", "Registries that tokens are issued for, this one first (default \"boreal-registry\")", (o, v) => o with { TokenServices = [.. v] }) with { Repeats = true },
        Of("upload-timeout", "Seconds an upload may rest (default 21600)", (o, v) => o with { UploadTimeout = Values.Seconds(Prefix + "upload-timeout", v[^1]) }, "int"),
        Of("upstream", "Be a cache of this registry, as docker.io", (o, v) => o with { Upstream = Values.Upstream(Prefix + "upstream", v[^1]) }, "host[:port]"),
        Of("upstream-credentials", "File with user:password for the upstream", (o, v) => o with { UpstreamCredentials = v[^1] }, "path"),
        Of("upstream-tag-age", "Seconds for which a tag is taken as the upstream had it (default 60)", (o, v) => o with { UpstreamTagAge = Values.Seconds(Prefix + "upstream-tag-age", v[^1]) }, "int"),
        Of("url", "How clients reach the registry, where a proxy stands before it", (o, v) => o with { PublicUrl = Values.Url(Prefix + "url", v[^1]) }, "url"),
        Of("users", "The registry's own file of users and rights (default \"<registry-root>/access/users.json\")", (o, v) => o with { Users = Values.Folder(Prefix + "users", v[^1]) }, "path"),
    ];

    private static Setting Of(string name, string help, Func<RegistryHostOptions, IReadOnlyList<string>, RegistryHostOptions> apply, string value = "string") =>
        new(Prefix + name, help, (options, values) => options with { Registry = apply(options.Registry, values) }) { Value = value };
}
