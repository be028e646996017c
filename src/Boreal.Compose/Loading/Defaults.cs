using Boreal.Compose.Yaml;

namespace Boreal.Compose.Loading;

/// <summary>Fills in what long forms leave out.</summary>
internal static class Defaults
{
    public static void Apply(MappingNode model)
    {
        foreach (var (_, node) in model.Mapping("services")?.Entries ?? [])
        {
            if (node is not MappingNode service) continue;
            service.Mapping("build")?.TryAdd("context", ScalarNode.Of("."));
            foreach (var secret in Mappings(service.List("secrets"))) secret.TryAdd("target", ScalarNode.Of($"/run/secrets/{secret.TextOf("source")}"));
            foreach (var port in Mappings(service.List("ports")))
            {
                port.TryAdd("protocol", ScalarNode.Of("tcp"));
                port.TryAdd("mode", ScalarNode.Of("ingress"));
            }

            var reserved = service.Mapping("deploy")?.Mapping("resources")?.Mapping("reservations")?.List("devices");
            foreach (var request in Mappings(service.List("gpus")).Concat(Mappings(reserved)))
            {
                if (!request.Has("device_ids")) request.TryAdd("count", ScalarNode.Of("all"));
            }
        }
    }

    private static IEnumerable<MappingNode> Mappings(SequenceNode? list) => list?.Items.OfType<MappingNode>() ?? [];
}
