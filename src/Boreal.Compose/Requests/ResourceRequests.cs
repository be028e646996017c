using Boreal.Api.Networks;
using Boreal.Api.Volumes;
using Boreal.Compose.Projects;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Requests;

/// <summary>The networks and volumes of a project as requests to the engine; external ones aren't made.</summary>
internal sealed class ResourceRequests(Project project)
{
    public IReadOnlyDictionary<string, NetworkCreateRequest> Networks() => Own("networks").ToDictionary(item => item.Key, item => Network(item.Key, item.Value), StringComparer.Ordinal);

    public IReadOnlyDictionary<string, VolumeCreateRequest> Volumes() => Own("volumes").ToDictionary(item => item.Key, item => Volume(item.Key, item.Value), StringComparer.Ordinal);

    /// <summary>The names of networks and volumes that must exist already.</summary>
    public IEnumerable<string> External(string section) =>
        All(section).Where(item => item.Value.Flag("external")).Select(item => item.Value.Text("name"));

    private static NetworkCreateRequest Network(Settings network, IReadOnlyDictionary<string, string> labels)
    {
        var ipam = network.Part("ipam");
        var pools = ipam.Parts("config").Select(pool => new NetworkIpamPool
        {
            Subnet = pool.TextOrNull("subnet"),
            IPRange = pool.TextOrNull("ip_range"),
            Gateway = pool.TextOrNull("gateway"),
            AuxiliaryAddresses = pool.Pairs("aux_addresses"),
        }).ToList();
        return new NetworkCreateRequest
        {
            Name = network.Text("name"),
            Driver = network.Text("driver"),
            Options = network.Pairs("driver_opts"),
            Internal = network.Flag("internal"),
            Attachable = network.Flag("attachable"),
            EnableIPv4 = network.FlagOrNull("enable_ipv4"),
            EnableIPv6 = network.FlagOrNull("enable_ipv6"),
            IPAM = ipam.TextOrNull("driver") is null && pools.Count is 0 ? null : new NetworkIpam { Driver = ipam.Text("driver"), Config = pools, Options = ipam.Pairs("options") },
            Labels = labels,
        };
    }

    private NetworkCreateRequest Network(string key, Settings network) => Network(network, Labels(network, ComposeLabels.Network, key));

    private VolumeCreateRequest Volume(string key, Settings volume) => new()
    {
        Name = volume.Text("name"),
        Driver = volume.TextOrNull("driver"),
        DriverOpts = volume.Pairs("driver_opts"),
        Labels = Labels(volume, ComposeLabels.Volume, key),
    };

    private SortedDictionary<string, string> Labels(Settings resource, string label, string key)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [label] = key, [ComposeLabels.Project] = project.Name, [ComposeLabels.Version] = ComposeLabels.CompatibleVersion,
        };
        foreach (var (name, value) in resource.Pairs("labels") ?? new Dictionary<string, string>()) labels.TryAdd(name, value);
        return labels;
    }

    private IEnumerable<KeyValuePair<string, Settings>> Own(string section) => All(section).Where(item => !item.Value.Flag("external"));

    private IEnumerable<KeyValuePair<string, Settings>> All(string section) =>
        (project.Model.Mapping(section)?.Entries ?? []).Select(entry => KeyValuePair.Create(entry.Key, new Settings(entry.Value as MappingNode)));
}
