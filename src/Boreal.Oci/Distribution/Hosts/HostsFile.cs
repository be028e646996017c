using Boreal.Oci.Distribution.Toml;

namespace Boreal.Oci.Distribution.Hosts;

/// <summary>
/// containerd's <c>hosts.toml</c>: hosts to try in the file's order, then the server. Paths in it are relative to its folder;
/// settings without a host are the server's.
/// </summary>
internal sealed class HostsFile(string path, string domain, RegistryEndpoint usualServer)
{
    public const string Name = "hosts.toml";

    /// <exception cref="DistributionException">The file can't be read or says what has no meaning.</exception>
    public IReadOnlyList<RegistryEndpoint> Read()
    {
        try
        {
            var root = TomlReader.Read(File.ReadAllText(path));
            var endpoints = new List<RegistryEndpoint>();
            foreach (var (address, settings) in (root["host"] as TomlTable)?.Entries ?? [])
                endpoints.Add(Endpoint(address, settings as TomlTable ?? throw new FormatException($"host.\"{address}\" is not a table")));
            endpoints.Add(Server(root));
            return endpoints;
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new DistributionException(DistributionErrorKind.Invalid, $"{path}: {exception.Message}", exception);
        }
    }

    private RegistryEndpoint Server(TomlTable root)
    {
        if (root["server"] is string address && address.Length > 0)
            return Endpoint(address, root) with { IsMirror = false, Namespace = null };
        var settings = Endpoint(usualServer.Root.AbsoluteUri, root);
        return usualServer with { Capabilities = settings.Capabilities, Headers = settings.Headers, Tls = settings.Tls with { SkipVerify = settings.Tls.SkipVerify || usualServer.Tls.SkipVerify } };
    }

    private RegistryEndpoint Endpoint(string address, TomlTable settings)
    {
        var text = address.Contains("://", StringComparison.Ordinal) ? address : "https://" + address;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var parsed) || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps))
            throw new FormatException($"'{address}' is not the address of a registry");
        var isMirror = parsed.Authority != usualServer.Root.Authority;
        var path = parsed.AbsolutePath.TrimEnd('/');
        if (!Flag(settings, "override_path") && !path.EndsWith("/v2", StringComparison.Ordinal))
            path += "/v2";
        return new RegistryEndpoint
        {
            Root = new Uri($"{parsed.Scheme}://{parsed.Authority}{path}"),
            Capabilities = Capabilities(settings),
            AllowsPlainHttp = parsed.Scheme == Uri.UriSchemeHttp,
            Tls = Tls(settings),
            IsMirror = isMirror,
            Namespace = isMirror ? domain : null,
            Headers = Headers(settings),
        };
    }

    private static EndpointCapabilities Capabilities(TomlTable settings)
    {
        if (settings["capabilities"] is null)
            return EndpointCapabilities.All;
        return Texts(settings, "capabilities").Aggregate(EndpointCapabilities.None, (sum, name) => sum | name switch
        {
            "pull" => EndpointCapabilities.Pull,
            "resolve" => EndpointCapabilities.Resolve,
            "push" => EndpointCapabilities.Push,
            _ => throw new FormatException($"unknown capability {name}"),
        });
    }

    private TlsSettings Tls(TomlTable settings)
    {
        var authorities = string.Join('\n', Texts(settings, "ca").Select(ReadFile));
        var tls = new TlsSettings { SkipVerify = Flag(settings, "skip_verify"), Authorities = authorities };
        var pair = ClientPair(settings["client"]);
        return pair.Count == 0 ? tls : tls with { ClientCertificate = ReadFile(pair[0]), ClientKey = ReadFile(pair[^1]) };
    }

    // "file" with both, ["file"], or [["certificate", "key"]]: the first says who we are.
    private static IReadOnlyList<string> ClientPair(object? value) => value switch
    {
        null => [],
        string file => [file],
        List<object> list when list.Count == 0 => [],
        List<object> list when list[0] is List<object> pair => [.. pair.Select(part => Text("client", part))],
        List<object> list => [Text("client", list[0])],
        _ => throw new FormatException("client is neither a file nor a list of files"),
    };

    private static List<KeyValuePair<string, string>> Headers(TomlTable settings)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in (settings["header"] as TomlTable)?.Entries ?? [])
        {
            if (value is List<object> values)
                headers.AddRange(values.Select(one => KeyValuePair.Create(name, Text(name, one))));
            else
                headers.Add(KeyValuePair.Create(name, Text(name, value)));
        }
        return headers;
    }

    private string ReadFile(string name) => File.ReadAllText(Path.Combine(Path.GetDirectoryName(path) ?? "/", name));

    private static bool Flag(TomlTable settings, string key) => settings[key] switch
    {
        null => false,
        bool flag => flag,
        _ => throw new FormatException($"{key} is not a boolean"),
    };

    private static IEnumerable<string> Texts(TomlTable settings, string key) => settings[key] switch
    {
        null => [],
        List<object> values => values.Select(value => Text(key, value)),
        var value => [Text(key, value)],
    };

    private static string Text(string key, object value) => value as string ?? throw new FormatException($"{key} is not text");
}
