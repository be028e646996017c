using System.Text.Json;
using System.Text.Json.Serialization;

namespace Boreal.Engine.Containers;

/// <summary>A container id in JSON is its 64 digits.</summary>
public sealed class ContainerIdConverter : JsonConverter<ContainerId>
{
    public override ContainerId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ContainerId.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, ContainerId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
