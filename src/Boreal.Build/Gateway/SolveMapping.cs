using Boreal.Build.Builds;
using Boreal.BuildWire.Protocol.Control;
using Boreal.Engine.Errors;

namespace Boreal.Build.Gateway;

/// <summary>Orders of clients in the builder's terms.</summary>
internal static class SolveMapping
{
    // An image carries this one itself.
    private const string InlineCache = "inline";

    public static IReadOnlyList<ExportRequest> ExportsOf(SolveRequest request)
    {
        var carries = (request.Cache?.Exports ?? []).Any(cache => cache.Type == InlineCache);
        if (request.Exporters.Count > 0)
            return [.. request.Exporters.Select((export, index) => new ExportRequest(export.Type, export.Attrs.ToDictionary(), index) { CarriesCache = carries })];
        return request.ExporterDeprecated.Length == 0 ? [] : [new ExportRequest(request.ExporterDeprecated, request.ExporterAttrsDeprecated.ToDictionary(), 0) { CarriesCache = carries }];
    }

    /// <summary>The caches to tell.</summary>
    public static IEnumerable<CacheSource> CacheExportsOf(SolveRequest request) =>
        (request.Cache?.Exports ?? []).Where(cache => cache.Type != InlineCache).Select(ToSource);

    public static BuildRequest ToBuild(SolveRequest request)
    {
        RequireFrontend(request.Frontend);
        if (request.FrontendInputs.Count > 0)
            throw new EngineException(ErrorKind.NotImplemented, "inputs of a build that its client does not drive are not supported by this version of Boreal");
        return new BuildRequest
        {
            Frontend = request.Frontend,
            Attributes = request.FrontendAttrs.ToDictionary(),
            CacheImports = [.. (request.Cache?.Imports ?? []).Select(ToSource)],
            Entitlements = request.Entitlements.ToHashSet(),
        };
    }

    public static void RequireFrontend(string frontend)
    {
        if (frontend.Length == 0)
            throw new EngineException(ErrorKind.NotImplemented, "building from an LLB definition is not supported by this version of Boreal: name a frontend");
    }

    private static CacheSource ToSource(CacheOptionsEntry entry) => new(entry.Type, entry.Attrs.ToDictionary());
}
