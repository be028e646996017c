using System.Text;
using System.Text.Json;
using Boreal.Oci.Images;

namespace Boreal.Tests.Unit.Oci;

public sealed class ImageDocumentTests
{
    [Fact]
    public void ImageConfig_WithUnknownFields_KeepsThemWhenRewritten()
    {
        const string Document = """{"architecture":"amd64","config":{"Cmd":["a"],"AttachStdin":false,"AttachStdout":false,"AttachStderr":false,"Tty":false,"OpenStdin":false,"StdinOnce":false,"Later":{"x":1}},"os":"linux","newer":[1,2]}""";
        var config = JsonSerializer.Deserialize(Document, OciJson.Default.ImageConfig);
        using var again = JsonDocument.Parse(JsonSerializer.Serialize(config, OciJson.Default.ImageConfig));
        using var first = JsonDocument.Parse(Document);
        Assert.True(JsonElement.DeepEquals(first.RootElement, again.RootElement), again.RootElement.ToString());
    }

    [Fact]
    public void ImageConfig_FieldsMissing_AreEmptyAndNotNull()
    {
        var config = JsonSerializer.Deserialize("{\"rootfs\":{}}", OciJson.Default.ImageConfig) ?? throw new InvalidOperationException("null");
        Assert.Equal(("", "", "layers"), (config.Os, config.Architecture, config.RootFs?.Type));
    }

    [Fact]
    public void RunConfig_CommandAsText_IsAListOfOne()
    {
        var config = JsonSerializer.Deserialize(Encoding.UTF8.GetBytes("""{"Cmd":"ls","Entrypoint":null}"""), OciJson.Default.RunConfig);
        Assert.Equal(["ls"], config?.Cmd);
        Assert.Null(config?.Entrypoint);
    }
}
