namespace Boreal.Cli.Building.Orders;

/// <summary>Caches in folders of this machine: they are image layouts, read and filled by the daemon through the session.</summary>
internal static class LocalCaches
{
    private const string Local = "local";
    private const string DefaultTag = "latest";

    /// <summary>False when there is no cache yet, which is how each begins.</summary>
    /// <exception cref="FormatException">The option names no folder.</exception>
    public static bool AddImport(BuildOrder order, CacheOrder cache)
    {
        if (cache.Type is not Local)
        {
            order.CacheImports.Add(cache);
            return true;
        }

        var folder = cache.Attributes.GetValueOrDefault("src") ?? throw new FormatException("local cache importer requires src");
        if (!File.Exists(Path.Combine(folder, "index.json"))) return false;
        var attributes = new Dictionary<string, string>(cache.Attributes);
        if (!attributes.ContainsKey("digest")) attributes["digest"] = LayoutIndex.Find(folder, attributes.GetValueOrDefault("tag", DefaultTag));
        order.Offer.Layouts[$"{Local}:{folder}"] = Path.GetFullPath(folder);
        order.CacheImports.Add(cache with { Attributes = attributes });
        return true;
    }

    /// <exception cref="FormatException">The option names no folder.</exception>
    public static void AddExport(BuildOrder order, CacheOrder cache)
    {
        if (cache.Type is Local)
        {
            var folder = cache.Attributes.GetValueOrDefault("dest") ?? throw new FormatException("local cache exporter requires dest");
            Directory.CreateDirectory(folder);
            order.Offer.Layouts[$"{Local}:{folder}"] = Path.GetFullPath(folder);
        }

        order.CacheExports.Add(cache);
    }

    /// <summary>After the build: each folder's index gets what was written into it.</summary>
    /// <param name="order">What was built.</param>
    /// <param name="manifest">The descriptor of the cache as JSON; null when none was written.</param>
    public static void Complete(BuildOrder order, string? manifest)
    {
        if (string.IsNullOrEmpty(manifest)) return;
        foreach (var cache in order.CacheExports.Where(cache => cache.Type is Local))
            LayoutIndex.Put(cache.Attributes["dest"], cache.Attributes.GetValueOrDefault("tag", DefaultTag), manifest);
    }
}
