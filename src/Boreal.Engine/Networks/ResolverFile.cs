using System.Net;
using System.Net.Sockets;
using System.Text;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Networks.Dns;

namespace Boreal.Engine.Networks;

/// <summary>
/// A container's /etc/resolv.conf, made from the host's and the container's own settings. Where the container has a
/// network namespace of its own, resolvers on the host's loopback are left out: nothing answers there.
/// </summary>
public sealed class ResolverFile
{
    /// <summary>Where systemd-resolved keeps the real resolvers while resolv.conf names only its stub.</summary>
    private const string ResolvedFile = "/run/systemd/resolve/resolv.conf";

    /// <summary>Where containers of user networks find the engine's name server.</summary>
    private const string NameServer = "127.0.0.11";

    private static readonly string[] PublicServers = ["8.8.8.8", "8.8.4.4"];

    private readonly string _source;
    private readonly List<string> _servers = [];
    private readonly List<string> _invalidServers = [];
    private readonly List<string> _search = [];
    private readonly List<string> _options = [];
    private readonly List<string> _other = [];

    /// <summary>Reads the host's file; <paramref name="source"/> is the path named in the result.</summary>
    public ResolverFile(string text, string source)
    {
        _source = source;
        foreach (var line in text.Split('\n'))
            ReadLine(line.TrimEnd('\r'));
    }

    /// <summary>The text for a container; <paramref name="ownNamespace"/> is false for the host's network.</summary>
    public string Build(NetworkSpec network, bool ownNamespace)
    {
        var usesPublicServers = false;
        var servers = network.DnsServers is { Count: > 0 } given ? given : _servers;
        if (ownNamespace && network.DnsServers is not { Count: > 0 })
        {
            servers = [.. _servers.Where(IsReachableFromContainers)];
            usesPublicServers = servers.Count == 0;
            if (usesPublicServers) servers = PublicServers;
        }

        var comments = new StringBuilder(ownNamespace ? " (legacy)\n" : "\n");
        if (usesPublicServers) comments.Append("# Used default nameservers.\n");
        return Write(network, servers, addedOption: null, comments.ToString());
    }

    /// <summary>The text for a container that asks the engine's own name server, which asks <see cref="Upstreams"/>.</summary>
    public string BuildForNameServer(NetworkSpec network)
    {
        var upstreams = Upstreams(network);
        var comment = upstreams.Count > 0 ? $"ExtServers: [{string.Join(' ', upstreams)}]" : "NO EXTERNAL NAMESERVERS DEFINED";
        return Write(network, [NameServer], HasDotsOption(network) ? null : "ndots:0", $" (internal resolver)\n# {comment}\n");
    }

    /// <summary>Where the engine's name server passes a container's questions on to.</summary>
    internal IReadOnlyList<UpstreamServer> Upstreams(NetworkSpec network)
    {
        if (network.DnsServers is { Count: > 0 } given) return [.. given.Select(server => new UpstreamServer(IPAddress.Parse(server), FromHost: false))];
        // Containers reach neither the host's loopback nor, most of them, IPv6.
        return [.. _servers.Select(IPAddress.Parse).Select(server => new UpstreamServer(server, IPAddress.IsLoopback(server) || server.AddressFamily is AddressFamily.InterNetworkV6))];
    }

    /// <summary>The container searches its domains before it asks for a name as it is.</summary>
    internal bool SearchesFirst(NetworkSpec network) =>
        Options(network).Any(option => option.StartsWith("ndots:", StringComparison.Ordinal) && option != "ndots:0");

    /// <summary>The host's file, or the one behind it where the host's only names the stub of systemd-resolved and <paramref name="behindStub"/> is set.</summary>
    public static ResolverFile Load(string path, bool behindStub)
    {
        var file = new ResolverFile(File.Exists(path) ? File.ReadAllText(path) : "", path);
        return behindStub && file._servers is ["127.0.0.53"] && File.Exists(ResolvedFile)
            ? new ResolverFile(File.ReadAllText(ResolvedFile), ResolvedFile)
            : file;
    }

    /// <summary>This machine's.</summary>
    internal static ResolverFile OfHost() => Load("/etc/resolv.conf", behindStub: true);

    private IReadOnlyList<string> Options(NetworkSpec network) => network.DnsOptions is { Count: > 0 } settings ? settings : _options;

    private bool HasDotsOption(NetworkSpec network) => Options(network).Any(option => option == "ndots" || option.StartsWith("ndots:", StringComparison.Ordinal));

    private string Write(NetworkSpec network, IReadOnlyList<string> servers, string? addedOption, string comments)
    {
        var search = network.DnsSearch is { Count: > 0 } domains ? [.. domains.Where(domain => domain != ".")] : _search;
        var options = addedOption is null ? Options(network) : [.. Options(network), addedOption];
        var text = new StringBuilder("# Generated by Docker Engine.\n# This file can be edited; Docker Engine will not make further changes once it\n# has been modified.\n\n");
        foreach (var server in servers) text.Append($"nameserver {server}\n");
        if (search.Count > 0) text.Append($"search {string.Join(' ', search)}\n");
        if (options.Count > 0) text.Append($"options {string.Join(' ', options)}\n");
        foreach (var line in _other) text.Append($"{line}\n");
        text.Append($"\n# Based on host file: '{_source}'{comments}");
        if (_invalidServers.Count > 0) text.Append($"# Invalid nameservers: [{string.Join(' ', _invalidServers)}]\n");
        text.Append($"# Overrides: [{string.Join(' ', Overrides(network))}]\n");
        if (addedOption is not null) text.Append("# Option ndots from: internal\n");
        else if (HasDotsOption(network)) text.Append($"# Option ndots from: {(network.DnsOptions is { Count: > 0 } ? "override" : "host")}\n");
        return text.ToString();
    }

    private static IEnumerable<string> Overrides(NetworkSpec network)
    {
        if (network.DnsServers is { Count: > 0 }) yield return "nameservers";
        if (network.DnsSearch is { Count: > 0 }) yield return "search";
        if (network.DnsOptions is { Count: > 0 }) yield return "options";
    }

    private static bool IsReachableFromContainers(string server) =>
        IPAddress.TryParse(server, out var address)
        && address.AddressFamily is AddressFamily.InterNetwork
        && !IPAddress.IsLoopback(address);

    private void ReadLine(string line)
    {
        var fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 0 || fields[0][0] is '#' or ';') return;
        switch (fields[0])
        {
            case "nameserver" when fields.Length > 1:
                (IPAddress.TryParse(fields[1], out _) ? _servers : _invalidServers).Add(fields[1]);
                break;
            case "search" or "domain" when fields.Length > 1:
                _search.Clear();
                _search.AddRange(fields[1..]);
                break;
            case "options" when fields.Length > 1:
                _options.AddRange(fields[1..]);
                break;
            case "nameserver" or "search" or "domain" or "options":
                break;
            default:
                _other.Add(line);
                break;
        }
    }
}
