using System.Globalization;
using Boreal.Compose.Schema;
using Boreal.Compose.Yaml;

namespace Boreal.Compose.Loading;

/// <summary>Settings of a service that have two keys must say the same in both.</summary>
internal sealed class DoubleSettings(string path, MappingNode service)
{
    public void Check()
    {
        var deploy = service.Mapping("deploy");
        if (deploy is not null)
        {
            Scale(deploy);
            Same("cpus", Form.Fraction, deploy, "limits", "cpus");
            Same("mem_limit", Form.Bytes, deploy, "limits", "memory");
            Same("mem_reservation", Form.Bytes, deploy, "reservations", "memory");
            Same("pids_limit", Form.Whole, deploy, "limits", "pids");
        }

        var scale = service.Get("scale") ?? deploy?.Get("replicas");
        if (service.Has("container_name") && scale?.Text is { } count && ValueText.TryWhole(count, out var replicas) && replicas > 1)
            throw new ComposeException(service.KeyPosition("container_name"), $"{path}: can't set container_name and {(service.Has("scale") ? "scale" : "deploy.replicas")} as container name must be unique: remove container_name");
    }

    private void Scale(MappingNode deploy)
    {
        if (service.Get("scale") is not { Text: { } scale } node) return;
        if (deploy.TextOf("replicas") is { } replicas && replicas != scale)
            throw new ComposeException(node.Position, $"{path}: can't set distinct values on 'scale' and 'deploy.replicas': remove one");
        deploy.Set("replicas", node);
    }

    private void Same(string key, Form form, MappingNode deploy, string part, string twin)
    {
        if (service.Get(key) is not { Text: { } own } node || Number(own, form) is 0 || deploy.Mapping("resources")?.Mapping(part) is not { } limits) return;
        if (Number(own, form) != Number(limits.TextOf(twin) ?? "0", form))
            throw new ComposeException(node.Position, $"{path}: can't set distinct values on '{key}' and 'deploy.resources.{part}.{twin}': remove one");
    }

    private static double Number(string text, Form form)
    {
        if (form is Form.Bytes) return ValueText.TrySize(text, out var bytes) ? bytes : 0;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
