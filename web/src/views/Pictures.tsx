import { shown, title, wide } from "../model/pictures";
import { useShared } from "./context";
import { Section } from "./parts";

/** What the trainer drew of the winner's model. */
export function PicturesView() {
  const { data } = useShared().history;
  const pictures = shown(data.pictures);
  if (pictures.length === 0 && !data.picturesNote) return null;
  return (
    <Section id="pictures" title="Pictures" note="What the trainer drew of the winner’s model, after everything had been measured.">
      {data.picturesNote && <p class="note">{data.picturesNote}</p>}
      <div class="pictures">
        {pictures.map((p) => (
          <figure key={p.name}>
            <img src={`data:image/png;base64,${p.png}`} alt={title(p.name)} width={wide(p)} />
            <figcaption>{title(p.name)}</figcaption>
          </figure>
        ))}
      </div>
    </Section>
  );
}
