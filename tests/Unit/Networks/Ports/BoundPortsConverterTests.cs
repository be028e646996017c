using System.Text.Json;
using Boreal.Engine.Networks;
using Boreal.Engine.Networks.Ports;

namespace Boreal.Tests.Unit.Networks.Ports;

public sealed class BoundPortsConverterTests
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new BoundPortsConverter() }, TypeInfoResolver = NetworkJsonContext.Default };

    [Fact]
    public void Write_Neighbours_TakeOneEntry() =>
        Assert.Equal("""[{"Protocol":"udp","ContainerPort":100,"HostPort":8000,"HostAddresses":["0.0.0.0","::"],"Count":3}]""", Write(Range(100, 8000, 3, "0.0.0.0", "::")));

    [Fact]
    public void Read_WhatWasWritten_GivesItBackInOrder()
    {
        IReadOnlyList<BoundPort> ports =
        [
            .. Range(100, 8000, 3, "0.0.0.0", "::"), .. Range(103, 8003, 2, "127.0.0.1"), .. Range(200, 9000, 1, "0.0.0.0"), .. Range(201, 9000, 2, "10.0.0.1"),
            .. Range(65534, 65534, 2, "::"), .. Range(5, 80, 1, "0.0.0.0"), .. Range(5, 81, 1, "0.0.0.0"),
        ];

        using var document = JsonDocument.Parse(Write(ports));
        var reader = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(document.RootElement));
        reader.Read();
        Assert.Equal(ports, new BoundPortsConverter().Read(ref reader, typeof(IReadOnlyList<BoundPort>), Options));
    }

    private static IEnumerable<BoundPort> Range(ushort container, ushort host, int count, params string[] addresses) =>
        Enumerable.Range(0, count).SelectMany(i => addresses.Select(address => new BoundPort(new((ushort)(container + i), "udp"), address, (ushort)(host + i))));

    private static string Write(IEnumerable<BoundPort> ports)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) new BoundPortsConverter().Write(writer, [.. ports], Options);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
