using Boreal.Build.Builds;
using Boreal.BuildWire.Protocol.Control;
using Boreal.Engine.Errors;

namespace Boreal.Build.Gateway;

/// <summary>Orders of clients in the builder's terms.</summary>
internal static class SolveMapping
{
    public static IReadOnlyList<ExportRequest> ExportsOf(SolveRequest request)
    {
        if (request.Exporters.Count > 0)
            return [.. request.Exporters.Select((export, index) => new ExportRequest(export.Type, export.Attrs.ToDictionary(), index))];
        return request.ExporterDeprecated.Length == 0 ? [] : [new ExportRequest(request.ExporterDeprecated, request.ExporterAttrsDeprecated.ToDictionary(), 0)];
    }

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
            CacheExports = [.. (request.Cache?.Exports ?? []).Select(ToSource)],
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
