using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Exchange;
using Boreal.Build.Solving;

namespace Boreal.Build.Building;

/// <summary>The caches that a build has to do with: this engine's own, and those elsewhere that its client names.</summary>
internal sealed class BuildCaches(StepCache steps, CacheCollector collector, CacheImporter importer, CacheExporter exporter)
{
    public CacheCollector Collector => collector;

    public CacheExporter Exporter => exporter;

    /// <summary>Makes known to a build what the caches it names know.</summary>
    public async Task ImportAsync(BuildRequest request, SolveScope scope, CancellationToken cancellationToken)
    {
        var sources = CacheImporter.SourcesOf(request);
        if (sources.Count == 0)
            return;
        var imported = await importer.ImportAsync(sources, scope.Surroundings, cancellationToken);
        scope.Imported = new ImportedCache(imported, steps) { Hold = record => scope.HoldUsed([record.Layer]), Progress = scope.Surroundings.Progress };
    }
}
