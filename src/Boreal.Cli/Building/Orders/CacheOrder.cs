namespace Boreal.Cli.Building.Orders;

/// <summary>A cache to read before the build or to write after it.</summary>
internal sealed record CacheOrder(string Type, IReadOnlyDictionary<string, string> Attributes);
