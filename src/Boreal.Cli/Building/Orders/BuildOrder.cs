using Boreal.Cli.Building.Offers;

namespace Boreal.Cli.Building.Orders;

/// <summary>What a build asks of the daemon, and what it offers to it.</summary>
internal sealed class BuildOrder
{
    /// <summary>In the Dockerfile frontend's terms.</summary>
    public SortedDictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public List<ExportOrder> Exports { get; } = [];

    public List<CacheOrder> CacheImports { get; } = [];

    public List<CacheOrder> CacheExports { get; } = [];

    public List<string> Entitlements { get; } = [];

    public BuildOffer Offer { get; } = new();

    /// <summary>The same for all builds of one folder of this machine.</summary>
    public string SharedKey { get; set; } = "";
}
