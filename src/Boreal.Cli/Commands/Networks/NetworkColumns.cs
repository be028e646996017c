using Boreal.Api.Networks;
using Boreal.Cli.Output;
using Boreal.Cli.Templates.Values;

namespace Boreal.Cli.Commands.Networks;

/// <summary>What <c>network ls</c> can show of a network.</summary>
internal static class NetworkColumns
{
    public static TypedColumns<NetworkInspect> Create(bool truncate) => new TypedColumns<NetworkInspect>("*network.networkContext")
        .Add("CreatedAt", "CREATED AT", item => Created(item.Created))
        .Add("Driver", "DRIVER", item => item.Driver)
        .Add("ID", "NETWORK ID", item => truncate ? Texts.ShortId(item.Id) : item.Id)
        .Add("IPv4", "IPV4", item => Truth(item.EnableIPv4 ?? true))
        .Add("IPv6", "IPV6", item => Truth(item.EnableIPv6))
        .Add("Internal", "INTERNAL", item => Truth(item.Internal))
        .Add("Labels", "LABELS", item => string.Join(',', Labels(item).Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal)))
        .Add("Name", "NAME", item => item.Name)
        .Add("Scope", "SCOPE", item => item.Scope)
        .AddLookup("Label", (item, key) => Labels(item).GetValueOrDefault(key) ?? "");

    private static IReadOnlyDictionary<string, string> Labels(NetworkInspect item) => item.Labels ?? new Dictionary<string, string>();

    private static string Truth(bool value) => value ? "true" : "false";

    // The daemon writes UTC with all its digits; docker prints it as Go does.
    private static string Created(string time) =>
        time.EndsWith('Z') ? $"{time[..^1].Replace('T', ' ')} +0000 UTC" : time;
}
