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
        var point = BindNotation.Parse(text, "");
        Assert.Equal(("bind", source, target, writable, propagation), (point.Type, point.Source, point.Destination, point.Writable, point.Propagation));
    }

    [Theory]
    [InlineData("/x", "", "/x", "z", true, true)]
    [InlineData("data:/x", "data", "/x", "z", true, true)]
    [InlineData("data:/x/:ro", "data", "/x", "ro", false, true)]
    [InlineData("data:/x:nocopy,Z", "data", "/x", "nocopy,Z", true, false)]
    public void Parse_OfAnythingElse_IsAVolume(string text, string name, string target, string mode, bool writable, bool copies)
    {
        var point = BindNotation.Parse(text, "");
        Assert.Equal(("volume", name, target, mode, writable, copies), (point.Type, point.Name, point.Destination, point.Mode, point.Writable, point.Copy));
        Assert.Equal(name.Length == 0, point.Anonymous);
    }

    [Theory]
    [InlineData("/tmp:/x:foo", "invalid mode: foo")]
    [InlineData("/tmp:/x:ro,rw", "invalid mode: ro,rw")]
    [InlineData("/tmp:/x:z,Z", "invalid mode: z,Z")]
    [InlineData("a:b:c:d", "invalid volume specification: 'a:b:c:d'")]
    [InlineData("", "invalid volume specification: ''")]
    [InlineData("/tmp:/", "invalid volume specification: '/tmp:/': invalid mount config for type \"bind\": invalid specification: destination can't be '/'")]
    [InlineData("/tmp:/x:nocopy", "invalid volume specification: '/tmp:/x:nocopy': invalid mount config for type \"bind\": field VolumeOptions must not be specified")]
    [InlineData("/x:ro", "invalid volume specification: '/x:ro'")]
    public void Parse_OfNonsense_SaysWhatDockerSays(string text, string message)
    {
        var error = Assert.Throws<EngineException>(() => BindNotation.Parse(text, ""));
        Assert.Equal((ErrorKind.Invalid, message), (error.Kind, error.Message));
    }
}
