using Boreal.Daemon.Endpoints.Containers.Create;
using Boreal.Engine.Errors;

namespace Boreal.Tests.Unit.Endpoints;

public sealed class BindNotationTests
{
    [Theory]
    [InlineData("/tmp:/x", "/tmp", "/x", true, "rprivate")]
    [InlineData("/tmp:/x:ro", "/tmp", "/x", false, "rprivate")]
    [InlineData("/x/../tmp/:/x/../y/", "/tmp", "/y", true, "rprivate")]
    [InlineData("/tmp:/x:private,ro,z", "/tmp", "/x", false, "private")]
    [InlineData("/tmp:/x:delegated,rshared", "/tmp", "/x", true, "rshared")]
    public void Parse_OfHostPath_IsABind(string text, string source, string target, bool writable, string propagation)
    {
        var point = BindNotation.Parse(text, out _);
        Assert.NotNull(point);
        Assert.Equal(("bind", source, target, writable, propagation), (point.Type, point.Source, point.Destination, point.Writable, point.Propagation));
    }

    [Theory]
    [InlineData("/x", "/x")]
    [InlineData("/x:ro", "/x")]
    public void Parse_WithoutSource_IsAnonymous(string text, string path)
    {
        Assert.Null(BindNotation.Parse(text, out var anonymous));
        Assert.Equal(path, anonymous);
    }

    [Theory]
    [InlineData("/tmp:/x:foo", "invalid mode: foo")]
    [InlineData("/tmp:/x:ro,rw", "invalid mode: ro,rw")]
    [InlineData("/tmp:/x:z,Z", "invalid mode: z,Z")]
    [InlineData("a:b:c:d", "invalid volume specification: 'a:b:c:d'")]
    [InlineData("", "invalid volume specification: ''")]
    [InlineData("/tmp:/", "invalid volume specification: '/tmp:/': invalid mount config for type \"bind\": invalid specification: destination can't be '/'")]
    [InlineData("/tmp:/x:nocopy", "invalid volume specification: '/tmp:/x:nocopy': invalid mount config for type \"bind\": field VolumeOptions must not be specified")]
    [InlineData("a:/x", "create a: volume name is too short, names should be at least two alphanumeric characters")]
    public void Parse_OfNonsense_SaysWhatDockerSays(string text, string message)
    {
        var error = Assert.Throws<EngineException>(() => BindNotation.Parse(text, out _));
        Assert.Equal((ErrorKind.Invalid, message), (error.Kind, error.Message));
    }

    [Fact]
    public void Parse_OfNamedVolume_IsNotImplemented() =>
        Assert.Equal(ErrorKind.NotImplemented, Assert.Throws<EngineException>(() => BindNotation.Parse("data:/x", out _)).Kind);
}
