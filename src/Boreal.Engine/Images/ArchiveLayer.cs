using Boreal.Engine.Layers;

namespace Boreal.Engine.Images;

/// <summary>A layer found in an archive while it streamed by: unpacked already, or on its way.</summary>
internal sealed class ArchiveLayer(LayerDraft draft, LayerIntake intake, Task<LayerContent> content) : IAsyncDisposable
{
    public LayerDraft Draft { get; } = draft;

    public Task<LayerContent> Content { get; } = content;

    public void Abort(Exception reason) => intake.Abort(reason);

    public async ValueTask DisposeAsync()
    {
        await intake.EndedAsync();
        intake.Dispose();
        Draft.Dispose();
    }
}
