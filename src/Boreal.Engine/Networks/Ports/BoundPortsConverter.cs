using System.Text.Json;
using System.Text.Json.Serialization;
using Boreal.Engine.Containers.Spec;

namespace Boreal.Engine.Networks.Ports;

/// <summary>
/// Published ports as they are kept: runs of neighbours in one entry, for a container may have ten thousand and is
/// written at each change of its state.
/// </summary>
internal sealed class BoundPortsConverter : JsonConverter<IReadOnlyList<BoundPort>>
{
    public override IReadOnlyList<BoundPort> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ports = new List<BoundPort>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            var run = JsonSerializer.Deserialize(ref reader, NetworkJsonContext.Default.PortRun) ?? throw new JsonException("a run of ports is missing");
            for (var i = 0; i < run.Count; i++)
            {
                foreach (var address in run.HostAddresses)
                    ports.Add(new BoundPort(new PortSpec((ushort)(run.ContainerPort + i), run.Protocol), address, (ushort)(run.HostPort + i)));
            }
        }

        return ports;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<BoundPort> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var run in Runs(value)) JsonSerializer.Serialize(writer, run, NetworkJsonContext.Default.PortRun);
        writer.WriteEndArray();
    }

    private static IEnumerable<PortRun> Runs(IReadOnlyList<BoundPort> ports)
    {
        PortRun? run = null;
        for (var at = 0; at < ports.Count;)
        {
            var first = ports[at];
            var addresses = new List<string>();
            // One port's addresses follow each other.
            for (; at < ports.Count && ports[at].ContainerPort == first.ContainerPort && ports[at].HostPort == first.HostPort; at++) addresses.Add(ports[at].HostAddress);
            if (run is not null && run.IsFollowedBy(first, addresses))
            {
                run = run with { Count = run.Count + 1 };
                continue;
            }

            if (run is not null) yield return run;
            run = new PortRun(first.ContainerPort.Protocol, first.ContainerPort.Port, first.HostPort, addresses, Count: 1);
        }

        if (run is not null) yield return run;
    }
}
